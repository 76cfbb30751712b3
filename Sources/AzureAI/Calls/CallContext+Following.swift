import CopyDomain

extension CallContext {
    /// Path and query of a URL that the service gave, to the letter: letter case and version may differ from ours, the
    /// host may not.
    /// - Throws: a refusal when it is on another host than the resource's.
    func pathAndQuery(following url: String) throws(CallFailure) -> String {
        guard let path = try endpoint().pathAndQuery(of: url) else {
            throw refusal(
                .foreignOperationLocation,
                "\(label) was not sent: the URL that Azure gave is not on the endpoint of \(resource.name.rawValue)."
            )
        }
        return path
    }
}
