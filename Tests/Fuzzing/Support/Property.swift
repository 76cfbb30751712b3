/// Ends the run, which libFuzzer takes for a finding, unless it is so.
func holds(_ condition: @autoclosure () -> Bool, _ property: @autoclosure () -> String) {
    if !condition() { violated(property()) }
}

func violated(_ property: String) -> Never {
    fatalError(property)
}

/// What is made by our own code and goes wrong is a finding, too.
func mustWork<Value>(_ what: String, _ body: () throws -> Value) -> Value {
    do {
        return try body()
    } catch {
        violated("\(what): \(error)")
    }
}
