import Testing

@testable import CopyDomain

/// A machine whose every state can be told every event.
protocol TabledMachine: TalkingMachine {
    /// What the open call of the present state may be answered with; empty when no call is open.
    var possibleAnswers: [(String, Answer)] { get }
    /// How else the open call may fail, besides the ways in which any call may.
    var possibleFailures: [(String, CallFailure)] { get }
    /// The state in a word or two.
    var stateName: String { get }
    /// The call with a side effect that the present state names as an intent, and when it was taken.
    var intent: (call: Call, since: Timestamp)? { get }
    /// What has to be seen before success can be claimed.
    var unseen: [String] { get }
    /// Whether a call may be sent again with an open fate, because what the lost one made is owed.
    static func mayRepeat(_ call: Call) -> Bool
    static func name(_ call: Call) -> String
}

extension TabledMachine {
    var possibleFailures: [(String, CallFailure)] { [] }
}

/// Every state x every event, as text: one line for each pair.
struct TransitionTable<Machine: TabledMachine> {
    private(set) var text = ""
    private(set) var pairs = 0
    /// State by state, the states that follow.
    private(set) var transitions: [String: Set<String>] = [:]

    init(_ states: [(String, Conversation<Machine>)]) {
        for (name, conversation) in states {
            text += "\(name)\n"
            for (event, value) in Self.events(of: conversation.machine) {
                var told = conversation
                told.pass(.seconds(1))
                let action = told.tell(value)
                Self.check(told, after: action, of: value, from: conversation.machine, in: "\(name), \(event)")
                text += "    \(event) -> \(Self.name(action)) | \(told.machine.stateName)\n"
                pairs += 1
                let (from, to) = (conversation.machine.stateName, told.machine.stateName)
                // From every state alike: documented once.
                guard event != "convicted" else { continue }
                transitions[Self.bare(from), default: []].insert(Self.bare(to))
            }
        }
    }

    private static func events(of machine: Machine) -> [(String, MachineEvent<Machine.Answer>)] {
        var events: [(String, MachineEvent<Machine.Answer>)] = [
            ("begun", .begun), ("resumed", .resumed), ("elapsed", .elapsed), ("reserved", .reserved),
            ("deadline", .deadlineReached), ("cancel", .cancelRequested), ("convicted", .convicted),
            ("refused 403", .failed(failure(.refused, .accessDenied, status: 403))),
            ("refused 404", .failed(failure(.refused, .requestRefused, status: 404))),
            ("refused 2xx", .failed(failure(.refused, .unexpectedAnswer, status: 202))),
            ("not done", .failed(failure(.notDone(retryAfter: nil)))),
            ("not done, impossible wait", .failed(failure(.notDone(retryAfter: .seconds(Int64.max))))),
            ("unknown", .failed(failure(.unknown))),
        ]
        events += machine.possibleAnswers.map { ($0, .answered($1, serviceDate: nil)) }
        events += machine.possibleFailures.map { ($0, .failed($1)) }
        return events
    }

    /// Without what is said in parentheses.
    private static func bare(_ name: String) -> String {
        String(name.prefix { $0 != " " })
    }

    /// What must hold whatever the pair.
    private static func check(
        _ told: Conversation<Machine>,
        after action: MachineAction<Machine.Call>,
        of event: MachineEvent<Machine.Answer>,
        from before: Machine,
        in place: String
    ) {
        let after = told.machine
        if let call = action.performed {
            #expect(after.intent?.call == call, "\(place): the state does not name what is sent")
            #expect(after.intent?.since == told.now, "\(place): the intent is older than its call")
            if let intent = before.intent, intent.call == call, !Machine.mayRepeat(call) {
                // Only a stop may send it, told in the place of a call that was not sent.
                #expect(isStop(event), "\(place): sent again with an open fate")
            }
        } else {
            #expect(after.intent == nil, "\(place): an intent without its call")
        }
        if case .finish(let conclusion) = action {
            if conclusion.success != nil {
                #expect(before.unseen.isEmpty, "\(place): success with something unseen")
            }
            var again = told
            #expect(again.tell(.resumed) == action, "\(place): another conclusion after the end")
            #expect(again.machine == after, "\(place): a change after the end")
        }
        #expect((action.conclusion != nil) == (after.phase == .ended), "\(place): an end without a conclusion")
        #expect(after.targetIDs.starts(with: before.targetIDs), "\(place): a target id was forgotten")
    }

    private static func isStop(_ event: MachineEvent<Machine.Answer>) -> Bool {
        switch event {
        case .deadlineReached, .cancelRequested: true
        case .begun, .resumed, .answered, .failed, .elapsed, .reserved, .convicted: false
        }
    }

    private static func name(_ action: MachineAction<Machine.Call>) -> String {
        switch action {
        case .ask(let call): "ask \(Machine.name(call))"
        case .perform(let call): "perform \(Machine.name(call))"
        case .poll(let call): "poll \(Machine.name(call))"
        case .wait(let wait): "wait \(wait.duration.components.seconds) s"
        case .reserve: "reserve"
        case .finish(.succeeded): "finish succeeded"
        case .finish(.cancelled(let cancellation)):
            "finish cancelled\(cancellation.leftBehind.isEmpty ? "" : ", \(cancellation.leftBehind.count) left")"
        case .finish(.checked(let report)):
            "finish checked\(report.problems.map { ", \($0.code.rawValue)" }.joined())"
        case .finish(.failed(let failure)):
            "finish \(failure.code.rawValue)\(failure.leftBehind.isEmpty ? "" : ", \(failure.leftBehind.count) left")"
        }
    }
}

/// Holds a table against what is written down, naming the first lines that differ.
func expect(_ table: String, isAsWritten written: String, sourceLocation: SourceLocation = #_sourceLocation) {
    guard table != written else { return }
    let lines = table.split(separator: "\n", omittingEmptySubsequences: false)
    let known = written.split(separator: "\n", omittingEmptySubsequences: false)
    for (line, other) in zip(lines, known) where line != other {
        Issue.record("is \"\(line)\", written is \"\(other)\"", sourceLocation: sourceLocation)
        break
    }
    Issue.record("the whole table is\n\(table)", sourceLocation: sourceLocation)
}
