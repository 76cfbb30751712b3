/// The Form Recognizer v2 copy flow.
package struct FormRecognizerMachine: Codable, Equatable, Sendable {
    package let plan: CopyPlan
    package private(set) var obligations: [Obligation] = []
    package private(set) var targetIDs: [String] = []

    package init(_ plan: CopyPlan) {
        self.plan = plan
    }

    package var phase: Phase { .requested }
    package var azureStatus: String? { nil }

    package mutating func receive(
        _ event: MachineEvent<FormRecognizerAnswer>, at now: Timestamp
    ) -> MachineAction<FormRecognizerCall> {
        .perform(.authorizeCopy)
    }
}
