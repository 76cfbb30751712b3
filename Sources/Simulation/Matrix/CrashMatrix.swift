import AzureEmulation
import CopyContract
package import CopyDomain

/// The crash matrix: every kind and version, in every state, at every boundary, under every blow.
package enum CrashMatrix {
    /// A way from request to end, so that every state is met.
    package enum Flow: String, CaseIterable, Sendable {
        case straight
        /// The first copy fails, is cleaned up, and another is made.
        case anew
        /// The target's id is taken and is replaced.
        case replacing
        /// The answer to the copy or import is lost.
        case losing
    }

    package struct Subject: Hashable, Sendable, CustomStringConvertible {
        package let kind: CopyKind
        package let version: APIVersion

        package static let all: [Subject] = CopyKind.allCases.flatMap { kind in
            APIVersion.allCases.filter { $0.kinds.contains(kind) }.map { Subject(kind: kind, version: $0) }
        }

        package var description: String { "\(kind.rawValue) \(version.rawValue)" }

        package var flows: [Flow] {
            version.family == .documentIntelligence ? Flow.allCases : Flow.allCases.filter { $0 != .replacing }
        }
    }

    /// Where a worker comes by when nothing befalls it.
    package struct Stop: Hashable, Sendable {
        package let place: Ambush.Place
        package let visits: Int
    }

    package static func stops(of subject: Subject, _ flow: Flow) -> [Stop] {
        let world = World(seed: 0, plot: plot(subject, flow, seed: 0, Trap()), isTraced: false)
        _ = world.play()
        return world.visits.map { Stop(place: $0.place, visits: $0.count) }
    }

    /// Plays one cell once.
    ///
    /// - Returns: `wasHit`: whether the worker came by where it was waited for.
    package static func play(
        _ subject: Subject,
        _ flow: Flow,
        at stop: Stop,
        _ blow: Trap.Blow,
        seed: UInt64,
        sabotage: Sabotage? = nil,
        isTraced: Bool = false
    ) -> (report: SeedReport, wasHit: Bool) {
        var trap = Trap()
        trap.place = stop.place
        trap.visit = 1 + Int(seed % UInt64(max(1, stop.visits)))
        trap.blow = blow
        var plot = plot(subject, flow, seed: seed, trap)
        plot.sabotage = sabotage
        let world = World(seed: seed, plot: plot, isTraced: isTraced)
        let report = world.play()
        return (report, world.isSprung)
    }

    private static func plot(_ subject: Subject, _ flow: Flow, seed: UInt64, _ trap: Trap) -> Plot {
        var draft = RequestDraft()
        draft.id = "r"
        draft.kind = subject.kind.rawValue
        draft.apiVersion = subject.version.rawValue
        draft.sourceResource = "west"
        draft.sourceID = Estate.sourceID(of: subject.version.family)
        draft.targetResource = "east"
        switch subject.version.family {
        case .formRecognizer: break
        case .documentIntelligence:
            draft.targetID = flow == .replacing ? Plot.takenID : "copy"
            draft.onConflict = flow == .replacing ? ConflictPolicy.replace.rawValue : nil
        case .customVision: draft.targetName = "Copy"
        }
        var plot = Plot(one: draft)
        plot.trap = trap
        switch flow {
        case .straight, .replacing: break
        case .anew:
            plot.faults = [
                FaultRule(.copyInternalError, count: 1), FaultRule(.importFails, count: 1),
            ]
            if subject.version.family == .formRecognizer { plot.faults = [FaultRule(.copyFails, count: 1)] }
        case .losing:
            plot.faults = ["copy", "copyTo", "import"].map { FaultRule(.answerLost, call: $0, count: 1) }
        }
        return plot
    }
}

extension Plot {
    /// One request, two workers, and nothing that goes wrong by chance.
    init(one draft: RequestDraft) {
        copySeconds = 3
        workers = 1
        leastTime = .seconds(1)
        submissions = [
            Submission(
                messageID: "m",
                at: .milliseconds(100),
                body: RequestEncoder.encode(draft),
                request: draft.id.flatMap(RequestID.init(rawValue:)),
                fate: .outcome
            )
        ]
    }
}
