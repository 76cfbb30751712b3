import CopyDomain

/// What one call shows to its resource.
struct Proof: Hashable, Sendable {
    enum Form: Hashable, Sendable {
        case key
        /// A bearer token; the same token fetched twice has two numbers.
        case token(number: Int)
    }

    let secret: Secret
    let form: Form

    /// A key or a token as a header may carry it: visible ASCII. Anything else would end the header or be refused.
    init?(_ secret: Secret, _ form: Form) {
        let bytes = secret.reveal().utf8
        guard !bytes.isEmpty, bytes.allSatisfy({ (0x21...0x7e).contains($0) }) else { return nil }
        self.secret = secret
        self.form = form
    }

    /// - Parameter keyHeader: the header that the family of the call takes keys in.
    func header(key keyHeader: String) -> HTTPRequest.Header {
        switch form {
        case .key: HTTPRequest.Header(keyHeader, secret)
        case .token: HTTPRequest.Header("Authorization", Secret("Bearer \(secret.reveal())"))
        }
    }
}
