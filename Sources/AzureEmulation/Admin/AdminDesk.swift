/// Steers and questions the emulated cloud in JSON, as the documentation's article lists it.
package struct AdminDesk: Sendable {
    let azure: EmulatedAzure
    /// Where each resource listens, in their order.
    let doors: @Sendable () -> [ResourceDoor]
    let sleep: @Sendable (Duration) async throws -> Void

    package init(
        azure: EmulatedAzure,
        doors: @escaping @Sendable () -> [ResourceDoor],
        sleep: @escaping @Sendable (Duration) async throws -> Void
    ) {
        self.azure = azure
        self.doors = doors
        self.sleep = sleep
    }

    /// Carries out one call.
    ///
    /// - Parameter target: path and query.
    /// - Returns: the HTTP status and a body of JSON.
    package func answer(_ method: String, _ target: String, body: [UInt8]) async -> (status: Int, text: String) {
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let answer = await answer(
            AdminOrder(
                method: method,
                path: (parts.first ?? "/").split(separator: "/").map(String.init),
                query: Query(parts.count > 1 ? parts[1] : ""),
                body: body
            )
        )
        return (answer.status.rawValue, answer.body.text)
    }

    private func answer(_ order: AdminOrder) async -> AdminAnswer {
        switch (order.method, order.path) {
        case ("GET", ["health"]): AdminAnswer(body: ["status": "ok"])
        case ("GET", ["resources"]): AdminAnswer(body: resourceList)
        case ("GET", ["faults"]): faults()
        case ("POST", ["faults"]): addFault(order)
        case ("DELETE", ["faults"]): removeFaults()
        case ("GET", ["held"]): await held(order)
        case ("POST", ["held", "release"]): releaseAll(order)
        case ("GET", ["copies", "settings"]): copySettings()
        case ("POST", ["copies", "settings"]): changeCopySettings(order)
        case ("POST", ["clock", "advance"]): advanceClock(order)
        case ("POST", ["reset-statistics"]): resetStatistics()
        case ("GET", ["report"]): AdminAnswer(body: azure.report(gaps: order.query["gaps"] != "false"))
        case ("GET", ["calls"]): calls(order)
        case ("POST", ["entra", "revoke"]): revokeTokens(order)
        case ("GET", ["tokens"]): tokens()
        case ("GET", ["report", "headers"]), ("GET", ["requests"]): headers(order)
        case ("DELETE", let path) where path.count == 2 && path[0] == "faults": removeFault(path[1])
        case ("POST", let path) where path.count == 3 && path[0] == "held" && path[2] == "release":
            release(path[1], order)
        case ("POST", let path) where path.count == 3 && path[0] == "resources" && path[2] == "keys":
            replaceKeys(of: path[1], order)
        case ("POST", let path)
        where path.count == 4 && path.starts(with: ["entra", "clients"]) && path[3] == "secrets":
            replaceSecrets(of: path[2], order)
        case _: .unknown("There is no \(order.method) /\(order.path.joined(separator: "/")) here.")
        }
    }
}

/// A call of the admin port.
struct AdminOrder: Sendable {
    let method: String
    let path: [String]
    let query: Query
    let body: [UInt8]
}
