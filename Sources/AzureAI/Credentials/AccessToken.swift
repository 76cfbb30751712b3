import CopyDomain

/// A token and its times, on the clock of the store that holds it.
struct AccessToken: Hashable, Sendable {
    let proof: Proof
    /// From here on a new one is asked for, while this one is used.
    let refreshAt: Duration
    /// From here on it may run out before a call is answered.
    let usableUntil: Duration

    /// How much of its life is left over for the call that it is taken for: between permit and answer lie the saving of
    /// the intent and one time-out.
    static let spare: Duration = .seconds(60)

    /// - Parameters:
    ///   - moment: of asking; its life counts from there.
    ///   - random: 0 to 1, so that workers that began together do not ask together.
    init?(_ grant: TokenGrant, number: Int, askedAt moment: Duration, random: Double) {
        guard let proof = Proof(grant.token, .token(number: number)) else { return nil }
        let life = grant.lifetime
        self.proof = proof
        usableUntil = moment + life - min(Self.spare, life / 4)
        // Half of a long life; of a shorter one all but five minutes; of a very short one half again.
        let standard = life >= .seconds(7200) ? life / 2 : max(life - .seconds(300), life / 2)
        let early = min(grant.refreshIn ?? standard, max(life - .seconds(300), life / 2))
        refreshAt = moment + early * (0.9 + 0.1 * random)
    }
}
