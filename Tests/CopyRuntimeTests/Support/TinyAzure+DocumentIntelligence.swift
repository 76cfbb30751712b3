import CopyDomain
import Simulation

extension TinyAzure.State {
    /// Ids are chosen and reserved; an authorization works once.
    mutating func serve(
        _ call: DocumentIntelligenceCall,
        of request: CopyRequest,
        at now: Duration,
        copyTime: Duration
    ) -> Result<DocumentIntelligenceAnswer, CallFailure> {
        let id = request.target.id?.rawValue ?? ""
        let index = items.firstIndex { $0.id == id }
        switch call {
        case .getSource:
            return .success(.source(DocumentIntelligenceItem(id: "source", documentTypes: 2, expires: nil)))
        case .getTargetInfo:
            return .success(.targetInfo(ResourceRoom(count: items.count, limit: 5000)))
        case .getTarget:
            let isReady = index.flatMap { items[$0].ready }.map { $0 <= now } ?? false
            let item = DocumentIntelligenceItem(id: id, documentTypes: 2, expires: nil)
            return .success(.target(isReady ? item : nil))
        case .authorizeCopy:
            guard index == nil else { return .failure(.test(.refused, .targetIDTaken)) }
            count += 1
            items.append(
                TinyAzure.Item(
                    id: id,
                    request: request.id,
                    created: Stage.noon + now,
                    name: "token \(count)",
                    ready: nil
                )
            )
            return .success(
                .authorized(
                    DocumentIntelligenceGrant(
                        body: Secret("body \(count)"),
                        accessToken: Secret("token \(count)"),
                        targetLocation: "https://target.test/\(id)",
                        expires: Stage.noon + now + .seconds(3600)
                    )
                )
            )
        case .startCopy(let grant):
            let token = grant.accessToken.reveal()
            guard usedGrants.insert(token).inserted, let index, items[index].name == token else {
                return .failure(.test(.refused, .authorizationExpired))
            }
            operations += 1
            let location = "operation-\(operations)"
            operationTargets[location] = id
            operationStarts[location] = Stage.noon + now
            items[index].ready = now + copyTime
            return .success(.copyStarted(operationLocation: location))
        case .getOperation(let location):
            polls[request.id, default: []].append(now)
            return .success(.operation(operation(location, at: now)))
        case .listOperations:
            let own = operationTargets.filter { $0.value == id }.keys.sorted()
            return .success(.operations(own.map { operation($0, at: now) }))
        case .deleteTarget:
            if index.map({ items[$0].request != request.id }) ?? false {
                violations.append("\(request.id.rawValue): deleted what another request made")
            }
            items.removeAll { $0.id == id }
            return .success(.targetDeleted)
        }
    }

    private func operation(_ location: String, at now: Duration) -> DocumentIntelligenceOperation {
        let target = operationTargets[location] ?? ""
        let isOver = items.first { $0.id == target }?.ready.map { $0 <= now } ?? true
        return DocumentIntelligenceOperation(
            location: location,
            status: isOver ? .succeeded : .running,
            targetLocation: "https://target.test/\(target)",
            created: operationStarts[location],
            failure: nil
        )
    }
}
