package import CopyDomain
package import CopyJournal

/// Requests, machines and outcomes for tests of a journal.
package enum Samples {
    package static let alice = OwnerID(rawValue: "alice")
    package static let bob = OwnerID(rawValue: "bob")
    package static let content = Array("first content".utf8)
    package static let start = Timestamp(milliseconds: 1_763_726_400_000)

    package static func id(_ text: String) -> RequestID {
        guard let id = RequestID(rawValue: text) else { preconditionFailure("not an id: \(text)") }
        return id
    }

    package static func resource(_ text: String) -> ResourceName {
        guard let name = ResourceName(rawValue: text) else { preconditionFailure("not a resource: \(text)") }
        return name
    }

    package static func plan(_ id: RequestID, target: String = "invoices-eastus") -> CopyPlan {
        guard let item = ItemID(rawValue: "eccc3f13-8289-4020-ba16-9f1d1374e96f") else {
            preconditionFailure("not an item")
        }
        let source = resource("invoices-westus2")
        let request = CopyRequest(
            id: id,
            kind: .documentModel,
            source: CopySource(resource: source, item: .id(item)),
            target: CopyTarget(resource: resource(target), name: nil),
            apiVersion: .formRecognizer2_1,
            deadline: nil
        )
        return CopyPlan(
            request: request,
            source: frozen(source),
            target: frozen(resource(target)),
            acceptedAt: start,
            deadline: start + .seconds(3600),
            limits: MachineLimits()
        )
    }

    private static func frozen(_ name: ResourceName) -> FrozenResource {
        FrozenResource(
            name: name,
            endpoint: "https://\(name.rawValue).cognitiveservices.azure.com",
            armID: "/subscriptions/s/resourceGroups/g/providers/Microsoft.CognitiveServices/accounts/\(name.rawValue)",
            region: "eastus"
        )
    }

    package static func outcome(_ id: RequestID, body: String = #"{"outcome":"succeeded"}"#) -> StoredOutcome {
        StoredOutcome(
            eventID: "\(id.rawValue)#1#succeeded",
            routingKey: "copy.document-model.succeeded.invoices-eastus",
            event: "succeeded",
            body: Array(body.utf8),
            headers: ["cloudEvents_type": "copy.succeeded", "a": "b"],
            correlationID: id.rawValue,
            replyTo: "amq.gen-1",
            time: start
        )
    }
}

// MARK: - Machines

extension Samples {
    /// A machine that lost the answer to its first authorization while the `suspects` were being made, and got
    /// `model` from the second.
    package static func machine(_ plan: CopyPlan, suspects: [String], model: String?) -> CopyMachine {
        drive(plan, losingAnswer: true, suspects: suspects, model: model)
    }

    /// A machine whose first authorization was answered with `model`.
    package static func authorized(_ plan: CopyPlan, model: String) -> CopyMachine {
        drive(plan, losingAnswer: false, suspects: [], model: model)
    }

    private static func drive(
        _ plan: CopyPlan,
        losingAnswer: Bool,
        suspects: [String],
        model: String?
    ) -> CopyMachine {
        var machine = CopyMachine(plan)
        var wasLost = !losingAnswer
        var event = MachineEvent<CopyAnswer>.begun
        for _ in 0..<20 {
            switch machine.receive(event, at: start) {
            case .perform(.formRecognizer(.authorizeCopy)) where !wasLost:
                wasLost = true
                event = .failed(
                    CallFailure(fate: .unknown, code: .azureUnavailable, message: "The connection was lost.")
                )
            case .perform(.formRecognizer(.authorizeCopy)):
                guard let model else { return machine }
                event = .answered(.formRecognizer(.authorized(grant(model))), serviceDate: start)
            case .ask(.formRecognizer(.listTargetModels)):
                let models = suspects.map { id in
                    FormRecognizerModel(id: id, status: .creating, name: nil, created: start)
                }
                event = .answered(.formRecognizer(.targetModels(models)), serviceDate: start)
            case .ask(.formRecognizer(.getSourceModel)):
                let source = FormRecognizerModel(id: "source", status: .ready, name: nil, created: start)
                event = .answered(.formRecognizer(.sourceModel(source)), serviceDate: start)
            case .ask(.formRecognizer(.getTargetSummary)):
                let room = ResourceRoom(count: 1, limit: 5000)
                event = .answered(.formRecognizer(.targetSummary(room)), serviceDate: start)
            case .wait:
                event = .elapsed
            case .reserve:
                event = .reserved
            case .ask, .perform, .poll, .finish:
                return machine
            }
        }
        return machine
    }

    /// A machine whose first call is under way.
    package static func begun(_ plan: CopyPlan) -> CopyMachine {
        var machine = CopyMachine(plan)
        _ = machine.receive(.begun, at: start)
        return machine
    }

    private static func grant(_ model: String) -> FormRecognizerGrant {
        FormRecognizerGrant(
            modelID: model,
            accessToken: Secret("a token"),
            expirationDateTimeTicks: 1_763_812_800
        )
    }

    package static func checkpoint(
        _ plan: CopyPlan,
        machine: CopyMachine? = nil,
        sequence: Int = 1,
        context: [String: String] = [:]
    ) -> Checkpoint {
        Checkpoint(machine: machine ?? CopyMachine(plan), sequence: sequence, context: context)
    }
}
