/// What the families share: the resources, the settings, chance, and the book of what happened.
struct Premises: Sendable {
    var resources: [EmulatedResource]
    var copying: CopySettings
    var random: SplitMix64
    var ledger: Ledger

    /// `resource/id`, as reports name a model or a project.
    func name(_ id: String, at resource: Int) -> String {
        resources[resource].name + "/" + id
    }

    /// How long the copy that starts now will take, in seconds.
    mutating func copySeconds() -> Double {
        random.around(copying.seconds, spread: copying.spread)
    }

    func resource(named name: String) -> Int? {
        resources.firstIndex { $0.name == name }
    }

    /// The resource that has this ARM id, whatever its letter case.
    func resource(armId: String) -> Int? {
        let wanted = armId.lowercased()
        return resources.firstIndex { $0.armId.lowercased() == wanted }
    }
}
