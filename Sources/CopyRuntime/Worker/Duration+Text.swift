extension Duration {
    /// Whole seconds, for people.
    var inSeconds: String { "\(components.seconds) s" }
}
