import AzureEmulation
import CopyContract
import CopyDomain

/// All that a seed decides beforehand: what is asked for and what goes wrong when.
struct Plot: Sendable {
    struct Strike: Sendable {
        let at: Duration
        let blow: Blow
        /// Which worker, resource or variant: whoever needs a number takes it from here.
        let dice: UInt64
        let length: Duration
    }

    /// How long things go wrong.
    static let span: Duration = .seconds(480)

    var submissions: [Submission] = []
    var strikes: [Strike] = []
    var copySeconds = 5.0
    var workers = 3
    /// How long the world lasts at least.
    var leastTime: Duration = .seconds(540)
    /// How long it goes on after the last outcome: what nobody asked after ends meanwhile.
    var aftermath: Duration = .seconds(60)
    /// What is wrong with Azure from the beginning.
    var faults: [FaultRule] = []
    /// Which guard is taken out.
    var sabotage: Sabotage?
    /// What waits for the first worker, or `nil`.
    var trap: Trap?

    /// - Parameter blows: what may go wrong; everything if `nil`.
    init(seed: UInt64, blows: [Blow]? = nil) {
        var random = SeededRandom(seed: seed ^ 0x5EED_0F_F107)
        // Mostly short: one poll is like the other.
        copySeconds = Double.random(in: Int.random(in: 0..<8, using: &random) == 0 ? 8...20 : 1...8, using: &random)
        submit(with: &random)
        strike(with: &random, blows ?? Blow.allCases)
    }

    private mutating func strike(with random: inout SeededRandom, _ blows: [Blow]) {
        guard !blows.isEmpty else { return }
        for _ in 0..<Int.random(in: 5...9, using: &random) {
            let start = submissions.randomElement(using: &random)?.at ?? .zero
            // Where something is going on, most of the time.
            let at =
                Bool.random(using: &random)
                ? start + .milliseconds(Int.random(in: 0...40_000, using: &random))
                : .milliseconds(Int.random(in: 0...Int(Self.span.wholeMilliseconds), using: &random))
            let blow = blows[Int.random(in: 0..<blows.count, using: &random)]
            strikes.append(
                Strike(
                    at: at,
                    blow: blow,
                    dice: random.next(),
                    length: .milliseconds(Int.random(in: blow.milliseconds, using: &random))
                )
            )
        }
        strikes.sort { $0.at < $1.at }
    }
}

extension Blow {
    /// How long it lasts.
    fileprivate var milliseconds: ClosedRange<Int> {
        switch self {
        case .death, .drain, .cancel, .connectionsDropped, .consumersCancelled, .nacks, .confirmLost: 500...10_000
        case .stop: 1_000...90_000
        case .brokerCut, .journalCut, .azureCut, .journalAway, .journalMute: 500...60_000
        case .answersLost, .requestsLost, .slowAnswers, .serverErrors: 2_000...60_000
        case .throttling: 2_000...60_000
        case .outage: 60_000...240_000
        case .copiesFail: 5_000...60_000
        case .brokerRestart: 1_000...30_000
        case .confirmsLate: 500...20_000
        case .memoryAlarm, .returned: 2_000...60_000
        case .clockJump: 5_000...120_000
        }
    }
}
