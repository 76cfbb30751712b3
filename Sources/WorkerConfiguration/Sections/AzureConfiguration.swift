/// How Azure is called.
package struct AzureConfiguration: Hashable, Sendable {
    /// From the moment of sending to the last byte of the answer.
    package var requestTimeout: Duration
    package var connectTimeout: Duration
    /// Endpoints may be `http://` on other hosts than this one: for an emulator.
    package var allowPlainHTTP: Bool
}
