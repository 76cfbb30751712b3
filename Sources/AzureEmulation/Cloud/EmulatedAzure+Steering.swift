/// What tests in the same process steer and ask.
extension EmulatedAzure {
    /// Switches a fault on.
    ///
    /// - Returns: its number.
    @discardableResult
    package func add(_ fault: FaultRule) -> Int {
        withCloud { $0.faults.add(fault) }
    }

    /// Switches one fault off, by its number.
    package func removeFault(_ number: Int) {
        withCloud { _ = $0.faults.remove(number) }
    }

    package func removeFaults() {
        withCloud { $0.faults.removeAll() }
    }

    /// Moves the time on and brings about what is due.
    package func advance(seconds: Double) {
        clock.advance(seconds: seconds)
        settle()
    }

    /// Brings about everything that is due by now.
    package func settle() {
        let now = clock.now
        withCloud { $0.settle(until: now) }
    }

    /// Changes how long copies take that begin from now on.
    package func setCopying(_ settings: CopySettings) {
        withCloud { $0.premises.copying = settings }
    }

    /// Takes a model, classifier, reservation or project out of a resource, as if somebody else had deleted it.
    ///
    /// - Returns: whether there was one of this id.
    @discardableResult
    package func remove(_ id: String, from resource: String) -> Bool {
        settled { cloud in
            cloud.premises.resource(named: resource).map { cloud.remove(id, from: $0) } ?? false
        }
    }

    // MARK: - What happened

    /// Every copy and import so far, in the order of their acceptance.
    package var copies: [CopyRecord] {
        settled { $0.premises.ledger.copies.sorted { $0.key < $1.key }.map(\.value) }
    }

    /// Every authorization so far, in the order of issue.
    package var authorizations: [AuthorizationRecord] {
        settled { $0.premises.ledger.authorizations.sorted { $0.key < $1.key }.map(\.value) }
    }

    /// Every target that was filled, in that order.
    package var finishedTargets: [FinishedTarget] {
        settled { $0.premises.ledger.finishedTargets }
    }

    /// How often each call was made, by resource and the call's name.
    package var calls: [String: [String: Int]] {
        withCloud { $0.premises.ledger.calls }
    }

    /// Copy and import tokens that were given out; the first 4096.
    package var tokens: [String] {
        withCloud { $0.premises.ledger.tokens }
    }

    /// The text of the report, as the admin port gives it.
    package var reportText: String {
        report(gaps: true).text
    }

    func report(gaps: Bool) -> JSON {
        // Written out of a copy, so that nobody waits for it.
        settled { $0 }.report(gaps: gaps)
    }

    private func settled<Result>(_ body: (inout sending AzureCloud) -> sending Result) -> sending Result {
        let now = clock.now
        return withCloud { cloud in
            cloud.settle(until: now)
            return body(&cloud)
        }
    }
}
