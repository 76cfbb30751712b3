import CopyDomain

/// The requests of the Custom Vision project copy (azure-copy-apis.md 7.1).
enum CustomVisionRequests {
    static func request(
        for call: CustomVisionCall,
        in context: CallContext
    ) throws(CallFailure) -> HTTPRequest {
        let projects = projectsPath(context)
        switch call {
        case .measureProject:
            preconditionFailure("a measure takes four requests")
        case .getSourceProject(let id), .getTargetProject(let id):
            return try context.request(.get, "\(projects)/\(try context.segment(id))")
        case .listSourceProjects, .listTargetProjects:
            return try context.request(.get, projects)
        case .exportProject(let id):
            return try context.request(.get, "\(projects)/\(try context.segment(id))/export")
        case .importProject(let token, let name):
            let query = "token=\(PercentEncoding.encode(token.reveal()))&name=\(PercentEncoding.encode(name))"
            // Without a Content-Length the edge answers 411 (azure-copy-apis.md 7.3).
            return try context.request(.post, "\(projects)/import?\(query)", body: Secret(""))
        case .renameTargetProject(let id, let name, let description):
            let body = try JSONBody.encode(RenameBody(name: name, description: description))
            return try context.request(.patch, "\(projects)/\(try context.segment(id))", body: body, isJSON: true)
        case .deleteTargetProject(let id):
            return try context.request(.delete, "\(projects)/\(try context.segment(id))")
        }
    }

    /// The project list: changes nothing.
    static func list(in context: CallContext) throws(CallFailure) -> HTTPRequest {
        try request(for: .listTargetProjects, in: context)
    }

    static func count(
        _ part: ProjectMeasure.Part,
        ofProject id: String,
        in context: CallContext
    ) throws(CallFailure) -> HTTPRequest {
        let project = "\(projectsPath(context))/\(try context.segment(id))"
        switch part {
        case .tags: return try context.request(.get, "\(project)/tags")
        case .iterations: return try context.request(.get, "\(project)/iterations")
        case .taggedImages: return try context.request(.get, "\(project)/images/tagged/count")
        case .untaggedImages: return try context.request(.get, "\(project)/images/untagged/count")
        }
    }

    private static func projectsPath(_ context: CallContext) -> String {
        "/customvision/\(context.apiVersion.rawValue)/training/projects"
    }

    private struct RenameBody: Encodable {
        let name: String
        let description: String
    }
}
