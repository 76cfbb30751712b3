import FoundationEssentials

extension AdminDesk {
    private struct Keys: Decodable {
        let keys: [String]
    }

    /// Replaces the keys of a resource; the old ones open nothing from now on.
    func replaceKeys(of resource: String, _ order: AdminOrder) -> AdminAnswer {
        guard let keys = try? JSONDecoder().decode(Keys.self, from: Data(order.body)).keys, !keys.isEmpty else {
            return .refused("keys: give at least one key.")
        }
        let known = azure.withCloud { cloud in
            guard let number = cloud.premises.resource(named: resource) else { return false }
            cloud.premises.resources[number].keys = keys
            return true
        }
        return known ? .done : .unknown("There is no resource '\(resource)'.")
    }

    private struct Secrets: Decodable {
        let secrets: [String]
    }

    /// Replaces the secrets of an application; its tokens live on.
    func replaceSecrets(of client: String, _ order: AdminOrder) -> AdminAnswer {
        guard let secrets = try? JSONDecoder().decode(Secrets.self, from: Data(order.body)).secrets else {
            return .refused("secrets: give a list.")
        }
        let known = azure.withCloud { $0.entra?.replaceSecrets(of: client, with: secrets) ?? false }
        return known ? .done : .unknown("There is no client '\(client)'.")
    }

    private struct Revocation: Decodable {
        let client: String?
    }

    /// Ends the tokens of one client, or all of them, before their time.
    func revokeTokens(_ order: AdminOrder) -> AdminAnswer {
        let revocation =
            order.body.isEmpty
            ? Revocation(client: nil)
            : try? JSONDecoder().decode(Revocation.self, from: Data(order.body))
        guard let revocation else { return .refused("client: name one, or send no body for all.") }
        let count = azure.withCloud { $0.entra?.revoke(client: revocation.client) ?? 0 }
        return AdminAnswer(body: ["revoked": .count(count)])
    }
}
