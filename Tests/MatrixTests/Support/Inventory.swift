import AzureEmulation
import CopyContract

/// What an emulated resource holds: models, classifiers, reservations and projects.
struct Inventory: Hashable, Sendable {
    struct Item: Hashable, Sendable {
        let id: String
        /// Projects and v2.1 models only.
        let name: String?
        let status: String
    }

    private(set) var items: Set<Item> = []

    var ids: Set<String> { Set(items.map(\.id)) }

    init(of resource: String, in azure: EmulatedAzure) async throws {
        azure.settle()
        let names = Scene.resources
        let desk = AdminDesk(
            azure: azure,
            doors: { names.map { ResourceDoor(endpoint: $0, port: 1) } },
            sleep: { _ in }
        )
        let text = await desk.answer("GET", "/resources", body: []).text
        let all = try JSONParser.parse(Array(text.utf8)).array ?? []
        guard let found = all.first(where: { $0["name"]?.string == resource }) else { return }
        for list in ["models", "documentModels", "documentClassifiers", "projects"] {
            for item in found[list]?.array ?? [] {
                items.insert(
                    Item(
                        id: item["id"]?.string ?? "",
                        name: item["name"]?.string,
                        status: item["status"]?.string ?? ""
                    )
                )
            }
        }
    }

    /// Items that were not there before.
    func added(to other: Inventory) -> [Item] {
        items.filter { !other.ids.contains($0.id) }.sorted { $0.id < $1.id }
    }
}
