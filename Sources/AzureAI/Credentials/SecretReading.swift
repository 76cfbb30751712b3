package import CopyDomain

/// A secret as its source held it just now.
package struct SecretReading: Sendable {
    package let secret: Secret
    /// Why this is an older value, when the source cannot be used at the moment; for people, without secrets.
    package let trouble: String?

    package init(_ secret: Secret, trouble: String? = nil) {
        self.secret = secret
        self.trouble = trouble
    }
}

/// Reads a secret anew; the error's description is shown to people.
package typealias SecretSourceReading = @Sendable () throws -> SecretReading
