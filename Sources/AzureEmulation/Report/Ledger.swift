/// The book of what happened, whatever was answered.
struct Ledger: Sendable {
    private(set) var calls: [String: [String: Int]] = [:]
    private(set) var headers = HeaderLog()
    private(set) var log = CallLog()
    private(set) var copies: [CopyNumber: CopyRecord] = [:]
    private(set) var finishedTargets: [FinishedTarget] = []
    private(set) var authorizations: [Int: AuthorizationRecord] = [:]
    /// Polls of copies whose end was answered before.
    private(set) var pollsAfterEnd = 0
    /// Copies that came with an authorization past its time.
    private(set) var expiredAuthorizations = 0
    /// Tokens that were given out, so that a test can look for them where they must not be. Only the first are kept.
    private(set) var tokens: [String] = []
    /// Who asked the directory for tokens.
    var tokenRequests = TokenRequestLog()
    private var lastNumber = 0

    mutating func arrived(_ request: EmulatedRequest, as call: Call, at resource: String) {
        calls[resource, default: [:]][call.name, default: 0] += 1
        headers.add(request.headers, at: resource)
        log.add(
            CallLog.Entry(
                arrival: request.arrival,
                resource: resource,
                call: call.name,
                clientRequestID: request.clientRequestID
            )
        )
    }

    mutating func gaveOut(token: String) {
        if tokens.count < 4096 { tokens.append(token) }
    }

    mutating func issued(_ record: AuthorizationRecord) -> Int {
        lastNumber += 1
        authorizations[lastNumber] = record
        return lastNumber
    }

    mutating func used(authorization number: Int) {
        authorizations[number]?.uses += 1
    }

    mutating func cameExpired() {
        expiredAuthorizations += 1
    }

    mutating func began(_ record: CopyRecord) -> CopyNumber {
        lastNumber += 1
        let number = CopyNumber(value: lastNumber)
        copies[number] = record
        return number
    }

    mutating func polled(_ number: CopyNumber, at arrival: Moment) {
        if copies[number]?.endSeen == true {
            pollsAfterEnd += 1
        } else {
            copies[number]?.polled(at: arrival)
        }
    }

    mutating func sawEnd(of number: CopyNumber) {
        copies[number]?.endSeen = true
    }

    mutating func filled(_ number: CopyNumber, at moment: Moment) {
        ended(number, as: .succeeded, at: moment)
        guard let copy = copies[number] else { return }
        finishedTargets.append(
            FinishedTarget(
                clientRequestID: copy.clientRequestID,
                kind: copy.kind,
                source: copy.source,
                target: copy.target,
                finishedAt: moment
            )
        )
    }

    mutating func failed(_ number: CopyNumber, at moment: Moment) {
        ended(number, as: .failed, at: moment)
    }

    mutating func stuck(_ number: CopyNumber) {
        copies[number]?.status = .stuck
    }

    /// Forgets everything but the copies that are under way, whose polls are counted anew.
    mutating func reset() {
        let underWay = copies.filter { $0.value.status == .running || $0.value.status == .stuck }
        let number = lastNumber
        self = Ledger()
        lastNumber = number
        copies = underWay.mapValues { record in
            var record = record
            record.forgetPolls()
            return record
        }
    }

    private mutating func ended(_ number: CopyNumber, as status: CopyRecord.Status, at moment: Moment) {
        copies[number]?.status = status
        copies[number]?.endedAt = moment
    }
}
