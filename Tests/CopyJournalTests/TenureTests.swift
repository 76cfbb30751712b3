import CopyDomain
import CopyJournal
import Testing

@Suite("the rule of claims")
struct TenureTests {
    static let now = SignOfLife(boot: "this", milliseconds: 1_000_000)
    static let moment = Timestamp(milliseconds: 1_000_000)
    static let alice = OwnerID(rawValue: "alice")
    static let bob = OwnerID(rawValue: "bob")
    static let later = Checkpoint.currentFormat + 1
    static let earlier = Checkpoint.readableFormats.lowerBound - 1

    static func tenure(
        sameContent: Bool = true,
        ended: Bool = false,
        format: Int = Checkpoint.currentFormat,
        owner: OwnerID? = bob,
        seen: Int64? = now.uptime,
        boot: String = now.boot
    ) -> Tenure {
        Tenure(
            hasSameContent: sameContent,
            hasEnded: ended,
            format: format,
            owner: owner,
            ownerSeen: seen.map { SignOfLife(boot: boot, milliseconds: $0) }
        )
    }

    @Test(
        "rules on what it knows of a request",
        arguments: [
            (tenure(), ClaimRuling.runningElsewhere(bob)),
            (tenure(seen: now.uptime - 10_000), .runningElsewhere(bob)),
            (tenure(seen: now.uptime - 10_001), .grant(ownerDied: true)),
            (tenure(seen: now.uptime + 10_000), .runningElsewhere(bob)),
            (tenure(seen: now.uptime + 10_001), .grant(ownerDied: true)),
            (tenure(boot: "before"), .grant(ownerDied: true)),
            (tenure(seen: nil), .grant(ownerDied: true)),
            (tenure(seen: .min), .grant(ownerDied: true)),
            (tenure(seen: .max), .grant(ownerDied: true)),
            (tenure(owner: nil, seen: nil), .grant(ownerDied: false)),
            (tenure(owner: alice), .mine),
            (tenure(owner: alice, seen: nil), .mine),
            (tenure(ended: true), .ended),
            (tenure(ended: true, format: later, owner: nil), .ended),
            (tenure(sameContent: false), .otherContent),
            (tenure(sameContent: false, ended: true, format: later), .otherContent),
            (tenure(format: later), .runningElsewhere(bob)),
            (tenure(format: later, owner: nil), .otherFormat(later)),
            (tenure(format: later, seen: nil), .otherFormat(later)),
            (tenure(format: Checkpoint.readableFormats.lowerBound, owner: nil), .grant(ownerDied: false)),
            (tenure(format: earlier, owner: nil), .otherFormat(earlier)),
            (tenure(format: earlier), .runningElsewhere(bob)),
        ]
    )
    func rules(_ tenure: Tenure, _ ruling: ClaimRuling) {
        #expect(tenure.ruling(for: Self.alice, at: Self.now, staleAfter: .seconds(10)) == ruling)
    }

    @Test("leaves only suspects out of an obligation")
    func suspects() throws {
        let resource = try #require(ResourceName(rawValue: "r"))
        let window = Obligation(
            resource: resource,
            subject: .emptyModel(from: Self.moment, to: Self.moment, suspects: ["a", "b", "a"]),
            due: Self.moment,
            reason: "why"
        )
        let rest = Obligation(
            resource: resource,
            subject: .emptyModel(from: Self.moment, to: Self.moment, suspects: ["b"]),
            due: Self.moment,
            reason: "why"
        )
        #expect(window.leavingOut { $0 == "a" } == rest)
        let model = Obligation(resource: resource, subject: .model(id: "a"), due: Self.moment, reason: "why")
        #expect(model.leavingOut { _ in true } == model)
    }
}
