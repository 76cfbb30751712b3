import AzureEmulation

/// What an emulated resource holds: models, classifiers, reservations and projects.
struct Inventory: Hashable, Sendable {
    let items: Set<HeldItem>

    var ids: Set<String> { Set(items.map(\.id)) }

    init(of resource: String, in azure: EmulatedAzure) {
        items = Set(azure.items(of: resource))
    }

    /// Items that were not there before.
    func added(to other: Inventory) -> [HeldItem] {
        items.filter { !other.ids.contains($0.id) }.sorted { $0.id < $1.id }
    }
}
