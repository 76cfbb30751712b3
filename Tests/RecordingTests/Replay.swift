import AzureAI
import CopyContract
import CopyDomain
import Logging
import Synchronization

/// Drives the worker's own machine and client through a recorded conversation.
struct Replay {
    struct Report: Sendable {
        let record: ReplayedService.Record
        /// How the run ended, or what it would have done next.
        let end: String
        let faults: [String]
    }

    private let conversation: Conversation
    private let service: ReplayedService
    private let client: AzureClient

    init(_ conversation: Conversation, of recording: Recording) {
        self.conversation = conversation
        let service = ReplayedService(conversation, of: recording)
        self.service = service
        let budget = ResourceBudget(statusCalls: 1e6, managementCalls: 1e6, listCalls: 1e6, allCalls: nil)
        let access = [conversation.plan.source, conversation.plan.target].map {
            ($0.name, ResourceAccess(endpoint: $0.endpoint, key: { Secret("recorded-key") }, budget: budget))
        }
        client = AzureClient(
            access: Dictionary(access) { first, _ in first },
            http: service,
            clock: JumpingClock(),
            wallClock: { service.record.now },
            logger: Logger(label: "replay") { _ in SwiftLogNoOpLogHandler() }
        )
    }

    func run() async -> Report {
        var machine = CopyMachine(conversation.plan)
        var action = machine.receive(.begun, at: service.record.now)
        // A machine that does not end in so many steps has lost its way.
        for _ in 0..<1_000 {
            switch action {
            case .ask(let call), .perform(let call), .poll(let call):
                let event = await send(call)
                if let beyond = service.record.beyond { return report("then the worker would \(beyond)") }
                action = machine.receive(event, at: service.record.now)
            case .wait(let wait):
                service.advance(by: wait.duration)
                action = machine.receive(.elapsed, at: service.record.now)
            case .reserve:
                action = machine.receive(.reserved, at: service.record.now)
            case .finish(let conclusion):
                let faults = conversation.hasSucceeded && !conclusion.isSuccess ? ["the recorded copy succeeded"] : []
                return report(describe(conclusion), unasked: service.remaining, faults: faults)
            }
        }
        return report("no end", faults: ["the run did not end in 1,000 steps"])
    }

    private func send(_ call: CopyCall) async -> MachineEvent<CopyAnswer> {
        guard let permit = try? await client.permit(call, plan: conversation.plan, within: .seconds(3600)) else {
            return .elapsed
        }
        switch await client.send(call, plan: conversation.plan, permit: permit, sendBefore: nil) {
        case .answered(let answer, let serviceDate, _): return .answered(answer, serviceDate: serviceDate)
        case .failed(let failure): return .failed(failure)
        case .tooLate: return .elapsed
        }
    }

    private func report(
        _ end: String,
        unasked: [Recording.Entry] = [],
        faults: [String] = []
    ) -> Report {
        // A recorded client that looked once more after the end asks for nothing new.
        let missed = unasked.filter { entry in
            switch RecordedCall(method: entry.method, url: entry.url) {
            case .poll, .getProject: false
            // Nor does one that tried again what the worker takes for final.
            case .copy, .importProject: !service.isRepeat(entry)
            case .authorize, .export, .rename, .getItem, .measure, .listItems, .listOperations, .room, .delete, .other:
                true
            }
        }
        let record = service.record
        return Report(
            record: record,
            end: end,
            faults: record.faults + faults + missed.map { "never asked: \($0.method) \($0.url.path)" }
        )
    }

    private func describe(_ conclusion: Conclusion) -> String {
        switch conclusion {
        case .succeeded(let success): "succeeded: \(success.verified.joined(separator: ", "))"
        case .failed(let failure): "failed as \(failure.code.rawValue)"
        case .cancelled: "cancelled"
        case .checked: "checked"
        }
    }
}

extension Conclusion {
    fileprivate var isSuccess: Bool {
        if case .succeeded = self { true } else { false }
    }
}

/// A clock that jumps to whatever is waited for.
struct JumpingClock: Clock {
    struct Instant: InstantProtocol {
        var offset: Duration = .zero

        func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        func duration(to other: Instant) -> Duration { other.offset - offset }
        static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }

    private final class Hands: Sendable {
        let now = Mutex(Instant())
    }

    private let hands = Hands()

    var now: Instant { hands.now.withLock { $0 } }
    var minimumResolution: Duration { .nanoseconds(1) }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        hands.now.withLock { $0 = max($0, deadline) }
    }
}
