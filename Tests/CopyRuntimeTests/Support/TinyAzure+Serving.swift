import CopyDomain
import Simulation

extension TinyAzure.State {
    mutating func serve(
        _ call: FormRecognizerCall,
        of request: RequestID,
        at now: Duration,
        copyTime: Duration
    ) -> Result<FormRecognizerAnswer, CallFailure> {
        switch call {
        case .getSourceModel:
            return .success(
                .sourceModel(FormRecognizerModel(id: "source", status: .ready, name: nil, created: Stage.noon))
            )
        case .getTargetSummary:
            return .success(.targetSummary(ResourceRoom(count: items.count, limit: 5000)))
        case .authorizeCopy:
            let id = make(for: request, name: "", at: now)
            return .success(
                .authorized(
                    FormRecognizerGrant(
                        modelID: id,
                        accessToken: Secret("token of \(id)"),
                        expirationDateTimeTicks: (Stage.noon + now + .seconds(24 * 3600)).milliseconds / 1000
                    )
                )
            )
        case .startCopy(let grant):
            guard usedGrants.insert(grant.modelID).inserted else {
                violations.append("\(request.rawValue): an authorization was used twice")
                return .failure(.test(.refused, .requestRefused))
            }
            operations += 1
            operationTargets["operation-\(operations)"] = grant.modelID
            if let index = items.firstIndex(where: { $0.id == grant.modelID }) { items[index].ready = now + copyTime }
            return .success(.copyStarted(operationLocation: "operation-\(operations)"))
        case .getCopyResult(let location):
            polls[request, default: []].append(now)
            let ready = items.first { $0.id == operationTargets[location] }?.ready
            let isOver = ready.map { $0 <= now } ?? true
            return .success(.copyResult(FormRecognizerCopyResult(status: isOver ? .succeeded : .running, failure: nil)))
        case .getTargetModel(let id):
            return .success(.targetModel(items.first { $0.id == id }.map { model($0, at: now) }))
        case .listTargetModels:
            return .success(.targetModels(items.map { model($0, at: now) }))
        case .deleteTargetModel(let id):
            items.removeAll { $0.id == id }
            return .success(.targetModelDeleted)
        }
    }

    mutating func serve(
        _ call: CustomVisionCall,
        of request: RequestID,
        at now: Duration,
        copyTime: Duration
    ) -> Result<CustomVisionAnswer, CallFailure> {
        switch call {
        case .getSourceProject(let id):
            return .success(.project(Self.project(id, name: "parts", status: .succeeded)))
        case .listSourceProjects:
            return .success(.projects([Self.project("project-0", name: "parts", status: .succeeded)]))
        case .measureProject:
            return .success(
                .measured(
                    ProjectMeasure(tags: 2, iterations: 1, taggedImages: 10, untaggedImages: 0, publishedIterations: 0)
                )
            )
        case .exportProject:
            count += 1
            return .success(
                .exported(
                    CustomVisionExport(
                        token: Secret("token \(count)"),
                        expires: Stage.noon + now + .seconds(24 * 3600),
                        estimatedImportTime: copyTime
                    )
                )
            )
        case .importProject(_, let name):
            if items.contains(where: { $0.name == name }) {
                violations.append("\(request.rawValue): a name was imported twice")
            }
            let id = make(for: request, name: name, at: now)
            items[items.count - 1].ready = now + copyTime
            return .success(.imported(Self.project(id, name: name, status: .importing)))
        case .getTargetProject(let id):
            polls[request, default: []].append(now)
            return .success(.project(items.first { $0.id == id }.map { project($0, at: now) }))
        case .listTargetProjects:
            return .success(.projects(items.map { project($0, at: now) }))
        case .renameTargetProject(let id, let name, _):
            guard let index = items.firstIndex(where: { $0.id == id }) else {
                return .failure(.test(.refused, .requestRefused))
            }
            items[index].name = name
            return .success(.renamed(project(items[index], at: now)))
        case .deleteTargetProject(let id):
            items.removeAll { $0.id == id }
            return .success(.deleted)
        }
    }

    private mutating func make(for request: RequestID, name: String, at now: Duration) -> String {
        count += 1
        let id = "item-\(count)"
        items.append(TinyAzure.Item(id: id, request: request, created: Stage.noon + now, name: name, ready: nil))
        return id
    }

    private func model(_ item: TinyAzure.Item, at now: Duration) -> FormRecognizerModel {
        let isReady = item.ready.map { $0 <= now } ?? false
        let status: FormRecognizerModel.Status = item.isInvalid ? .invalid : isReady ? .ready : .creating
        return FormRecognizerModel(id: item.id, status: status, name: nil, created: item.created)
    }

    private func project(_ item: TinyAzure.Item, at now: Duration) -> CustomVisionProject {
        let isReady = item.ready.map { $0 <= now } ?? false
        return Self.project(item.id, name: item.name, status: isReady ? .succeeded : .importing, created: item.created)
    }

    private static func project(
        _ id: String,
        name: String,
        status: CustomVisionProject.Status,
        created: Timestamp = Stage.noon
    ) -> CustomVisionProject {
        CustomVisionProject(id: id, name: name, description: "", status: status, created: created)
    }
}
