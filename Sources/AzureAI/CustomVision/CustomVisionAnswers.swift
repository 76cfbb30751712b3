import CopyDomain

/// What the answers to Custom Vision calls mean (azure-copy-apis.md 7).
enum CustomVisionAnswers {
    /// - Throws: what the classification table says of everything that is no answer to the call.
    static func answer(
        to call: CustomVisionCall,
        from response: HTTPResponse,
        reading reader: AnswerReader
    ) throws(CallFailure) -> CustomVisionAnswer {
        switch call {
        case .measureProject:
            preconditionFailure("four answers make a measure")
        case .getSourceProject, .getTargetProject:
            if response.status == 404, !reader.isGatewayError(response) { return .project(nil) }
            return .project(try project(response, reader))
        case .listSourceProjects, .listTargetProjects:
            return .projects(try projects(response, reader))
        case .exportProject:
            return .exported(try export(response, reader))
        case .importProject:
            return .imported(try project(response, reader))
        case .renameTargetProject:
            return .renamed(try project(response, reader))
        case .deleteTargetProject:
            if response.status == 404, !reader.isGatewayError(response) { return .deleted }
            guard response.status == 204 || response.status == 200 else { throw reader.failure(response) }
            return .deleted
        }
    }

    private static func project(_ response: HTTPResponse, _ reader: AnswerReader) throws(CallFailure)
        -> CustomVisionProject
    {
        let body = try reader.body(CustomVisionBodies.Project.self, of: response, status: 200)
        return try project(body, response, reader)
    }

    static func projects(_ response: HTTPResponse, _ reader: AnswerReader) throws(CallFailure)
        -> [CustomVisionProject]
    {
        let body = try reader.body([CustomVisionBodies.Project].self, of: response, status: 200)
        var projects: [CustomVisionProject] = []
        for item in body {
            projects.append(try project(item, response, reader))
        }
        return projects
    }

    private static func project(
        _ body: CustomVisionBodies.Project,
        _ response: HTTPResponse,
        _ reader: AnswerReader
    ) throws(CallFailure) -> CustomVisionProject {
        guard ItemID(rawValue: body.id) != nil else { throw reader.unexpected(response) }
        return CustomVisionProject(
            id: body.id,
            name: body.name,
            description: body.description ?? "",
            status: CustomVisionProject.Status(reader.short(body.status ?? "")),
            created: body.created.flatMap { ServiceDate.timestamp(iso8601: $0) }
        )
    }

    static func tags(_ response: HTTPResponse, _ reader: AnswerReader) throws(CallFailure) -> Int {
        try reader.body([CustomVisionBodies.Tag].self, of: response, status: 200).count
    }

    /// The trained ones, and how many of all are published.
    static func iterations(_ response: HTTPResponse, _ reader: AnswerReader) throws(CallFailure)
        -> (count: Int, published: Int)
    {
        let body = try reader.body([CustomVisionBodies.Iteration].self, of: response, status: 200)
        let trained = body.filter { $0.status.map { $0.lowercased() == "completed" } ?? true }
        return (trained.count, body.filter { $0.publishName?.isEmpty == false }.count)
    }

    /// A bare number (azure-copy-apis.md 7.1).
    static func images(_ response: HTTPResponse, _ reader: AnswerReader) throws(CallFailure) -> Int {
        let count = try reader.body(Int.self, of: response, status: 200)
        guard count >= 0 else { throw reader.unexpected(response) }
        return count
    }

    private static func export(_ response: HTTPResponse, _ reader: AnswerReader) throws(CallFailure)
        -> CustomVisionExport
    {
        let body = try reader.body(CustomVisionBodies.Export.self, of: response, status: 200)
        guard (1...16_384).contains(body.token.utf8.count) else { throw reader.unexpected(response) }
        let token = Secret(body.token)
        let day = 86_400_000.0
        return CustomVisionExport(
            token: token,
            expires: ImportToken.expiration(of: token),
            estimatedImportTime: .milliseconds(Int64(min(max(body.estimatedImportTimeInMS ?? 0, 0), day)))
        )
    }
}
