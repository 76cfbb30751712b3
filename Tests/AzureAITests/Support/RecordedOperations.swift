@testable import AzureAI

/// Answers of the real service in v3 and v4, from public recordings and issues of the vendor's own SDK tests.
enum RecordedOperations {
    static let target =
        "https://camaiaornettesting.cognitiveservices.azure.com/documentintelligence/documentModels/724966136"
        + "?api-version=2024-11-30"

    static let authorizationBody = """
        {"targetResourceId":"/subscriptions/faa080af-c1d8-40ad-9cce-e1a450ca5b57/resourceGroups/camaiaor/providers/\
        Microsoft.CognitiveServices/accounts/camaiaorNETtesting","targetResourceRegion":"eastus","targetModelId":\
        "724966136","targetModelLocation":"\(target)","accessToken":"Sanitized","expirationDateTime":\
        "2024-12-10T03:35:23Z"}
        """

    /// azure-sdk-assets `CopyModelTo.json` (2024-11-30): authorizeCopy.
    static let authorization = HTTPResponse.json(200, authorizationBody)

    /// azure-sdk-assets `CopyModelTo.json`: 202 of the copy.
    static let copyStarted = HTTPResponse(
        status: 202,
        headers: [
            ("apim-request-id", "5c2a34cb-4243-4996-8d87-b9411688625c"), ("content-length", "0"),
            ("date", "Tue, 10 Dec 2024 02:35:22 GMT"), ("operation-location", operation),
        ],
        body: []
    )

    static let operation =
        "https://camaiaornettesting.cognitiveservices.azure.com/documentintelligence/operations/"
        + "31432569877_5c2a34cb-4243-4996-8d87-b9411688625c?api-version=2024-11-30"

    /// azure-sdk-assets `CopyModelTo.json`: the first poll, pretty-printed as v4 does.
    static let notStarted = HTTPResponse.json(
        200,
        """
        {
          "operationId": "31432569877_5c2a34cb-4243-4996-8d87-b9411688625c",
          "kind": "documentModelCopyTo",
          "status": "notStarted",
          "createdDateTime": "2024-12-10T02:35:23Z",
          "lastUpdatedDateTime": "2024-12-10T02:35:23Z",
          "resourceLocation": "\(target)",
          "apiVersion": "2024-11-30"
        }
        """
    )

    /// Quoted in azure-sdk-for-net #37615: a copy that failed after 19 s.
    static let failed = HTTPResponse.json(
        200,
        """
        {"operationId":"1","kind":"documentModelCopyTo","status":"failed","percentCompleted":100,"error":{"code":\
        "InternalServerError","message":"An unexpected error occurred.","details":[{"code":"InternalServerError",\
        "message":"An unexpected error occurred."}]}}
        """
    )

    /// azure-sdk-for-net `GetOperationWrongId.json`.
    static let unknownOperation = HTTPResponse.json(
        404,
        """
        {"error":{"code":"NotFound","message":"Resource not found.","innererror":{"code":"OperationNotFound",\
        "message":"The requested operation was not found. The identifier may be invalid or the operation may have \
        expired."}}}
        """
    )

    /// Quoted in azure-copy-apis.md 3.2: an unknown model.
    static let unknownModel = HTTPResponse.json(
        404,
        """
        {"error":{"code":"NotFound","message":"Resource not found.","innererror":{"code":"ModelNotFound","message":\
        "The requested model was not found."}}}
        """
    )

    /// azure-sdk-for-net, copyTo from a reserved id (2022-08-31).
    static let notReady = HTTPResponse.json(
        400,
        """
        {"error":{"code":"InvalidRequest","message":"Invalid request.","innererror":{"code":"ModelNotReady","message":\
        "Model is not ready for the requested operation. Wait for training to complete or check for operation \
        errors."}}}
        """
    )

    /// Quoted in azure-sdk-for-net #25296, with the other spelling of the inner error.
    static let modelExists = HTTPResponse.json(
        409,
        """
        {"error":{"code":"Conflict","message":"The request could not be completed due to a conflict with the current \
        state of the target resource.","innerError":{"code":"ModelExists","message":"A model with the provided name \
        already exists."}}}
        """
    )

    /// azure-sdk-for-net `GetAndListOperations(False).json` (2022-01-30-preview), some items of its page.
    static let list = HTTPResponse(
        status: 200,
        headers: [
            ("apim-request-id", "88341af0-3b36-408f-ad8c-64152c1578d6"), ("date", "Tue, 25 Jan 2022 22:25:12 GMT"),
        ],
        body: Array(
            """
            {"value":[{"operationId":"31523218494_92682568-1dc9-4e62-af09-bf7ebc16c02d","kind":"documentModelBuild",\
            "status":"succeeded","createdDateTime":"2022-01-25T22:25:06Z","resourceLocation":"https://e/464931348"},\
            {"operationId":"31523218505_b4c41d24-f9fb-46e1-8f36-9c12749666a1","kind":"documentModelCopyTo","status":\
            "succeeded","createdDateTime":"2022-01-25T22:24:54Z","lastUpdatedDateTime":"2022-01-25T22:24:55Z",\
            "resourceLocation":"https://e/2039895970","percentCompleted":100}]}
            """.utf8
        )
    )
}
