import CopyContract
import CopyDomain

extension Plot {
    /// An id that is taken in both targets, and one that several requests want.
    static let takenID = "taken"
    static let rivalID = "wanted"

    private static let families: [[APIVersion]] = [
        [.formRecognizer2_1, .formRecognizer2_0, .formRecognizer2_0Preview],
        [.documentIntelligence4_0, .documentIntelligence3_1, .documentIntelligence3_0],
        [.customVision3_3, .customVision3_4Preview],
    ]

    private static let bad = [
        "{", #"{"id":"b"}"#, #"{"id":"b","kind":"teapot","source":{"resource":"west"}}"#,
        #"{"id":"b","kind":"document-model","key":"k"}"#,
        #"{"id":"b","kind":"document-model","apiVersion":"v2.1","source":{"resource":"east","id":"m"},"#
            + #""target":{"resource":"west"}}"#,
        #"{"id":"b","kind":"document-model","apiVersion":"v2.1","source":{"resource":"moon","id":"m"},"#
            + #""target":{"resource":"east"}}"#,
    ]

    /// Eight requests, all families, and messages that are none.
    mutating func submit(with random: inout SeededRandom) {
        for number in 0..<8 {
            // One of each family for certain, and a classifier.
            let family = number < 4 ? min(number, 2) : Int.random(in: 0..<3, using: &random)
            let isClassifier = number == 3 || family == 1 && Int.random(in: 0..<4, using: &random) == 0
            request(number, family: number == 3 ? 1 : family, isClassifier: isClassifier, with: &random)
        }
        for number in 0..<Int.random(in: 1...2, using: &random) {
            submissions.append(
                Submission(
                    messageID: "bad-\(number)",
                    at: Self.moment(with: &random),
                    body: Array((Self.bad.randomElement(using: &random) ?? "").utf8),
                    request: nil,
                    fate: .refusal
                )
            )
        }
        submissions.sort { ($0.at, $0.messageID) < ($1.at, $1.messageID) }
    }

    private static func moment(with random: inout SeededRandom) -> Duration {
        .milliseconds(Int.random(in: 0...240_000, using: &random))
    }

    private mutating func request(
        _ number: Int,
        family: Int,
        isClassifier: Bool,
        with random: inout SeededRandom
    ) {
        let id = "r-\(number)"
        var draft = RequestDraft()
        draft.id = id
        let version =
            isClassifier ? .documentIntelligence4_0 : Self.families[family].randomElement(using: &random)
        let isSouth = Int.random(in: 0..<3, using: &random) == 0
        draft.kind = (isClassifier ? CopyKind.documentClassifier : version?.kinds.first)?.rawValue
        draft.apiVersion = version?.rawValue
        draft.sourceResource = isSouth ? "north" : "west"
        draft.targetResource = isSouth ? "south" : "east"
        draft.sourceID = version.map { Estate.sourceID(of: $0.family) }
        switch family {
        case 1: chooseTarget(of: &draft, number, with: &random)
        case 2:
            draft.targetName = "Pets \(number)"
            if Int.random(in: 0..<4, using: &random) == 0 {
                draft.sourceID = nil
                draft.sourceName = "Pets"
            }
        default: break
        }
        draft.isCheck = number > 4 && Int.random(in: 0..<6, using: &random) == 0
        let at = Self.moment(with: &random)
        if number > 4, Int.random(in: 0..<8, using: &random) == 0 {
            let deadline = Estate.noon + at + .seconds(Int.random(in: 3...60, using: &random))
            draft.deadline = deadline.rfc3339
        }
        submit(draft, as: "m-\(number)", at: at, .outcome)
        switch Int.random(in: 0..<12, using: &random) {
        case 0, 1, 2:
            let again = at + .milliseconds(Int.random(in: 0...90_000, using: &random))
            submit(draft, as: "m-\(number)-again", at: again, .outcome)
        case 3:
            let other = at + .milliseconds(Int.random(in: 0...30_000, using: &random))
            var changed = draft
            changed.sourceID = "another"
            changed.sourceName = nil
            submissions[submissions.count - 1].fate = .either
            submit(changed, as: "m-\(number)-other", at: other, .either)
        default: break
        }
    }

    private func chooseTarget(of draft: inout RequestDraft, _ number: Int, with random: inout SeededRandom) {
        draft.targetID = "copy-\(number)"
        let policy = ConflictPolicy.allCases.randomElement(using: &random)?.rawValue
        switch Int.random(in: 0..<4, using: &random) {
        case 0:
            draft.targetID = Self.takenID
            draft.onConflict = policy
        case 1:
            draft.targetID = Self.rivalID
            draft.onConflict = policy
        default: break
        }
    }

    private mutating func submit(
        _ draft: RequestDraft,
        as messageID: String,
        at moment: Duration,
        _ fate: Submission.Fate
    ) {
        submissions.append(
            Submission(
                messageID: messageID,
                at: moment,
                body: RequestEncoder.encode(draft),
                request: draft.id.flatMap(RequestID.init(rawValue:)),
                fate: fate
            )
        )
    }
}
