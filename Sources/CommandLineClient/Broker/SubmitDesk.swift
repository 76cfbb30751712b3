import AMQP
import CopyContract

/// Decides, for one submission, what is sent when, what people see, and when it is over.
struct SubmitDesk {
    private let submissions: [Submission]
    private let options: Submit.Options
    private let output: Submit.Output
    private var board: WaitBoard
    private var display: WaitDisplay
    private var hasBegun = false
    /// Rows that wait for their confirm.
    private var underWay: Set<Int> = []
    private var confirmed = 0
    private var failure: CommandStatus?

    init(_ submissions: [Submission], _ options: Submit.Options, _ output: Submit.Output) {
        self.submissions = submissions
        self.options = options
        self.output = output
        board = WaitBoard(submissions)
        display = WaitDisplay(options.wait ?? .plain)
    }

    var isDone: Bool {
        if failure != nil { return true }
        return options.wait == nil ? hasBegun && underWay.isEmpty : board.isComplete
    }

    var exitStatus: CommandStatus {
        if let failure { return failure }
        if options.wait != nil { return board.exitStatus }
        return confirmed == submissions.count ? .success : .rejected
    }

    /// Takes news in and tells which submissions are to be published now.
    mutating func take(_ news: Submit.News) -> [Int] {
        switch news {
        case .listening:
            // Whoever was not listening may have missed an outcome. Sending a request again joins its run, or has the
            // stored outcome published once more.
            let indexes = hasBegun ? unfinished.filter { submissions[$0].id != nil } : Array(submissions.indices)
            hasBegun = true
            underWay.formUnion(indexes)
            return indexes
        case .lost(let error): output.complain("connection lost (\(error.message)); trying again")
        case .outage(let notice): output.complain(notice)
        case .published(let index, .confirmed): published(index)
        case .published(let index, .unroutable): returned(index)
        case .notPublished(let index, let error): notPublished(index, error)
        case .event(let received):
            let changed = board.apply(received.event)
            show(display.changed(changed, by: received, on: board, size: output.size()))
        case .broken(let error): broken(error)
        case .tick: show(display.refresh(board, size: output.size()))
        case .timeIsOver(let trouble): timeIsOver(trouble)
        }
        return []
    }

    private var unfinished: [Int] { board.rows.indices.filter { !board.rows[$0].state.isFinal } }

    private mutating func published(_ index: Int) {
        guard underWay.remove(index) != nil else { return }
        confirmed += 1
        board.published(index, routed: true)
        if options.wait == nil { output.print(board.rows[index].label + "\n") }
        show(display.refresh(board, size: output.size()))
    }

    private mutating func returned(_ index: Int) {
        underWay.remove(index)
        board.published(index, routed: false)
        output.complain(
            "\(board.rows[index].label): not sent: the broker has no queue \"\(options.queue)\"; "
                + "start a worker, which declares it, or name another with --requests-queue"
        )
    }

    private mutating func notPublished(_ index: Int, _ error: AMQPError) {
        // The publisher is closed, by us or because it could not start: `broken` or `timeIsOver` tells why.
        guard error.code != .closedByUs else { return }
        underWay.remove(index)
        guard failure == nil else { return }
        output.complain("\(board.rows[index].label): not sent: \(error.message)")
        failure = .unreachable
    }

    private mutating func broken(_ error: AMQPError) {
        guard failure == nil else { return }
        output.complain(error.message)
        failure = CommandStatus(error)
    }

    private mutating func timeIsOver(_ trouble: String?) {
        failure = .unreachable
        let end: String
        if options.wait == nil || !hasBegun {
            end = "the broker did not take the requests within \(options.timeout.text)"
        } else {
            let names = unfinished.prefix(5).map { board.rows[$0].label }.joined(separator: ", ")
            end =
                "no outcome within \(options.timeout.text) for \(unfinished.count) of \(submissions.count): \(names)"
                + (unfinished.count > 5 ? ", …" : "") + "; they may still go on"
        }
        output.complain(end + (trouble.map { "; \($0)" } ?? ""))
    }

    private func show(_ text: String) {
        if options.wait != nil, !text.isEmpty { output.print(text) }
    }
}

extension CopyEvent {
    /// Of `rejected`: the digest of the body that was refused.
    var refusedDigest: String? {
        event == .rejected ? data["received"]?["sha256"]?.string : nil
    }
}

extension Duration {
    /// In whole seconds, for sentences.
    fileprivate var text: String { "\(components.seconds) s" }
}
