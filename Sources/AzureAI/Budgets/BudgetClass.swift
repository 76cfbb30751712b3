/// The parts of a resource's budget.
enum BudgetClass: Int, CaseIterable, Sendable {
    case status, management, list

    func rate(in budget: ResourceBudget) -> Double {
        switch self {
        case .status: budget.statusCalls
        case .management: budget.managementCalls
        case .list: budget.listCalls
        }
    }
}
