import AzureAI
import CopyContract
import CopyDomain
import CopyJournal
import Foundation

/// A whole run against an Azure that answers whatever it likes.
///
/// The first line is the version's digit and a letter for each thing that happens besides: `d` the deadline, `c` a
/// cancel, `r` the death of the process; each comes instead of the action that is due then.
enum ConversationHarness: Harness {
    static let name = "conversations"
    /// Machines poll as long as they are told to; the deadline comes after so many steps, or with the last answer.
    private static let steps = 60
    /// What a machine may still do after the deadline, when each of its calls takes two minutes: the grace is ten.
    private static let farewell = 60

    static func run(_ input: [UInt8]) {
        guard let end = input.firstIndex(of: 10), end >= 1, end <= 40 else { return }
        let version = APIVersion.allCases[Int(input[0] &- UInt8(ascii: "0")) % APIVersion.allCases.count]
        let kind = version.kinds[Int(input[0] >> 6) % version.kinds.count]
        let parts = InputText.parts(input[(end + 1)...])
        let http = ScriptedAzure(parts.map(HTTPResponse.init), hosts: World.hosts)
        let (logger, pages) = LogBook.logger()
        let client = World.client(http, logger: logger)
        let plan = World.plan(version, kind: kind)
        let incidents = Array(input[1..<end])
        let machine = waiting { await play(CopyMachine(plan), client, http, incidents) }
        check(machine, plan, input, logs: pages.text)
    }

    private static func play(
        _ first: CopyMachine,
        _ client: AzureClient,
        _ http: ScriptedAzure,
        _ incidents: [UInt8]
    ) async -> CopyMachine {
        var machine = first
        var now = World.noon
        var action = machine.receive(.begun, at: now)
        // Each is told at most once.
        var isLate = false
        var isCancelled = false
        for step in 0..<(steps + farewell) {
            var event: MachineEvent<CopyAnswer>
            let incident = step < incidents.count ? incidents[step] : 0
            switch (incident, action) {
            case (_, .finish(let conclusion)):
                Tally.count("ended.\(word(conclusion))")
                return stored(machine)
            case (UInt8(ascii: "r"), _):
                // Whatever it wanted to do: nobody knows whether it was done.
                machine = stored(machine)
                event = .resumed
            case (UInt8(ascii: "c"), _) where !isCancelled:
                event = .cancelRequested
                isCancelled = true
            case (_, _) where !isLate && (incident == UInt8(ascii: "d") || step >= steps || http.isOver):
                event = .deadlineReached
                isLate = true
            case (_, .ask(let call)), (_, .perform(let call)), (_, .poll(let call)):
                holds(isPerformed(action) == call.hasSideEffect, "\(call) is asked in the wrong way")
                now = now + (isLate ? .seconds(120) : .seconds(1))
                event = await told(call, machine.plan, client)
            case (_, .wait(let wait)):
                holds(wait.duration >= .zero && (0...1).contains(wait.jitter), "a wait of \(wait)")
                now = now + wait.duration
                event = .elapsed
            case (_, .reserve(let name)):
                holds(!name.isEmpty, "a reservation without a name")
                event = .reserved
            }
            action = machine.receive(event, at: now)
        }
        violated("the run does not end: \(machine.phase.rawValue), \(machine)")
    }

    private static func isPerformed(_ action: MachineAction<CopyCall>) -> Bool {
        switch action {
        case .perform: true
        case .ask, .poll, .wait, .reserve, .finish: false
        }
    }

    private static func told(_ call: CopyCall, _ plan: CopyPlan, _ client: AzureClient) async
        -> MachineEvent<CopyAnswer>
    {
        switch await client.send(call, plan: plan, permit: Permit(), sendBefore: nil) {
        case .answered(let answer, let date, _):
            Tally.count("answered")
            return .answered(answer, serviceDate: date)
        case .failed(let failure):
            Tally.count("failed")
            return .failed(failure)
        case .tooLate: violated("a call without a limit came too late")
        }
    }

    /// As the next process would read it.
    private static func stored(_ machine: CopyMachine) -> CopyMachine {
        let checkpoint = Checkpoint(machine: machine, sequence: 1, context: [:])
        let data = mustWork("storing a checkpoint") { try JSONEncoder().encode(checkpoint) }
        let read = mustWork("reading a checkpoint") { try JSONDecoder().decode(Checkpoint.self, from: data) }
        holds(read.machine == machine, "the machine is another after it was stored: \(machine)")
        return read.machine
    }

    private static func check(_ machine: CopyMachine, _ plan: CopyPlan, _ input: [UInt8], logs: String) {
        for id in machine.targetIDs { holds((1...128).contains(id.utf8.count), "an id of \(id.utf8.count) bytes") }
        var again = machine
        guard case .finish(let conclusion) = again.receive(.resumed, at: World.noon + .seconds(100_000)) else {
            return
        }
        let event = EventEncoder(source: "urn:fuzzing").outcome(
            conclusion,
            of: plan,
            run: 1,
            sequence: 7,
            context: EventContext(),
            finishedAt: World.noon
        )
        let read = mustWork("reading the outcome") { try CopyEvent.decode(body: event.body) }
        holds(read.event.isOutcome && read.requestID == plan.request.id.rawValue, "another outcome: \(read)")
        // What the answers quote is judged call by call elsewhere.
        let secrets = [Canary.sourceKey, Canary.targetKey].filter { !Canary.isPart(Array($0.utf8), of: input) }
        Canary.require(secrets, hiddenIn: String(decoding: event.body, as: UTF8.self), "the outcome")
        Canary.require(secrets, hiddenIn: logs, "a log line")
    }

    private static func word(_ conclusion: Conclusion) -> String {
        switch conclusion {
        case .succeeded: "succeeded"
        case .failed(let failure): "failed.\(failure.code.rawValue)"
        case .cancelled: "cancelled"
        case .checked: "checked"
        }
    }
}
