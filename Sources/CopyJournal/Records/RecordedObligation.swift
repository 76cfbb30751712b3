package import CopyDomain

/// An obligation and the run that owes it.
package struct RecordedObligation: Codable, Hashable, Sendable {
    package let request: RequestID
    package let run: Int
    package let obligation: Obligation

    package init(request: RequestID, run: Int, obligation: Obligation) {
        self.request = request
        self.run = run
        self.obligation = obligation
    }
}
