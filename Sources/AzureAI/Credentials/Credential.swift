/// How the worker proves to a resource who it is.
package enum Credential: Sendable {
    /// The resource's own key, read for every call.
    case key(SecretSourceReading)
    /// A token of Entra ID.
    case entraID(EntraIdentity)
}
