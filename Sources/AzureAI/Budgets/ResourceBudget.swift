/// How many calls a second this worker may send to one resource (azure-copy-apis.md 4 and 7.6).
package struct ResourceBudget: Hashable, Sendable {
    /// GET of one operation, model or project.
    package var statusCalls: Double
    /// Calls with a side effect, and exports.
    package var managementCalls: Double
    /// Lists of models or projects.
    package var listCalls: Double
    /// All of them together; `nil`: no limit of its own.
    package var allCalls: Double?

    package init(statusCalls: Double, managementCalls: Double, listCalls: Double, allCalls: Double?) {
        self.statusCalls = statusCalls
        self.managementCalls = managementCalls
        self.listCalls = listCalls
        self.allCalls = allCalls
    }

    /// Form Recognizer S0: 50 status calls, 5 model management calls, 10 lists a second.
    package static let formRecognizer = ResourceBudget(
        statusCalls: 50,
        managementCalls: 5,
        listCalls: 10,
        allCalls: nil
    )
    /// Custom Vision: 10 calls of all kinds a second.
    package static let customVision = ResourceBudget(statusCalls: 10, managementCalls: 10, listCalls: 10, allCalls: 10)
}
