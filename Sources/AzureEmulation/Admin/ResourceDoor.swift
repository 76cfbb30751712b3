/// Where a resource listens.
package struct ResourceDoor: Sendable {
    package let endpoint: String
    package let port: Int

    package init(endpoint: String, port: Int) {
        self.endpoint = endpoint
        self.port = port
    }
}
