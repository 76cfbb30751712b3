package import CopyDomain

extension ObligationSubject {
    /// For logs and people.
    package var text: String {
        switch self {
        case .emptyModel(let from, let to, let suspects):
            "an empty model made between \(from.rfc3339) and \(to.rfc3339); "
                + (suspects.isEmpty ? "no suspects" : "suspects: \(suspects.joined(separator: ", "))")
        case .model(let id): "the model \(Printable.line(id, limit: 128))"
        case .reservation(let id): "the reserved id \(Printable.line(id, limit: 128))"
        case .projectName(let name): "a project named \"\(Printable.line(name, limit: 300))\""
        case .project(let id): "the project \(Printable.line(id, limit: 128))"
        }
    }

    /// As in the outcomes' `leftBehind[].type`.
    package var type: String {
        switch self {
        case .emptyModel: "empty-model"
        case .model: "model"
        case .reservation: "reserved-id"
        case .projectName: "project-name"
        case .project: "project"
        }
    }
}
