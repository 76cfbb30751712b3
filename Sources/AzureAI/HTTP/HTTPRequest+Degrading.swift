import CopyDomain

extension HTTPRequest {
    /// A copy call that says whether the copy may be protected less well than its source (azure-copy-apis.md 3.3).
    func degrading(as plan: CopyPlan) -> HTTPRequest {
        guard plan.request.allowsDegrading else { return self }
        var request = self
        request.headers.append(Header("x-ms-forms-copy-degrade", Secret("true")))
        return request
    }
}
