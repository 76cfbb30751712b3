import CopyDomain

@testable import AzureAI

/// Answers of the real service, taken down from public recordings of the vendor's own SDK tests.
enum RecordedAnswers {
    /// azure-sdk-for-js `recording_copy_model.json` (v2.1, May 2021): copyAuthorization.
    static let authorization = HTTPResponse.json(
        201,
        """
        {"modelId":"f6d156ee-f9cb-430b-bbf5-5668ca9032e1","accessToken":"accessToken","expirationDateTimeTicks":1622053249}
        """,
        headers: [
            ("Location", "https://endpoint/formrecognizer/v2.1/custom/models/f6d156ee-f9cb-430b-bbf5-5668ca9032e1")
        ]
    )

    /// azure-sdk-for-js `recording_copy_model.json`: 202 of the copy, with `copyresults` in lower case.
    static let copyStarted = HTTPResponse(
        status: 202,
        headers: [
            ("apim-request-id", "50178e4a-ea39-4b3d-a226-a32159289658"), ("content-length", "0"),
            ("date", "Tue, 25 May 2021 18:20:49 GMT"),
            (
                "operation-location",
                "https://endpoint/formrecognizer/v2.1/custom/models/44834e05-353f-4d91-a680-31a0566a724e/copyresults/"
                    + "e6a2239d-1edb-43c9-b3b4-829d9ebe7a33"
            ),
        ],
        body: []
    )

    /// azure-sdk-for-js `recording_copy_model.json`: a poll.
    static let notStarted = HTTPResponse.json(
        200,
        """
        {"status":"notStarted","createdDateTime":"2021-05-25T18:20:49Z","lastUpdatedDateTime":"2021-05-25T18:20:49Z",\
        "copyResult":{"modelId":"f6d156ee-f9cb-430b-bbf5-5668ca9032e1"}}
        """
    )

    /// azure-sdk-for-js `recording_copy_model.json`: the last poll, with 7 fraction digits.
    static let succeeded = HTTPResponse.json(
        200,
        """
        {"status":"succeeded","createdDateTime":"2021-05-25T18:21:02.8731066Z",\
        "lastUpdatedDateTime":"2021-05-25T18:21:02.8731068Z",\
        "copyResult":{"modelId":"f6d156ee-f9cb-430b-bbf5-5668ca9032e1"}}
        """
    )

    /// azure-sdk-for-python `test_copy_model_successful.yaml` (v2.0-preview, May 2020): success with an empty result.
    static let succeededEmpty = HTTPResponse.json(
        200,
        """
        {"status":"succeeded","createdDateTime":"2020-05-14T00:42:02Z","lastUpdatedDateTime":"2020-05-14T00:42:29Z",\
        "copyResult":{}}
        """
    )

    /// azure-sdk-for-net `StartCopyModelFailsWithWrongRegion.json` (v2.0, August 2020): a failure with HTTP 200.
    static let failed = HTTPResponse(
        status: 200,
        headers: [
            ("apim-request-id", "bcfefce8-7d97-4583-ac0f-4492fb2b269f"),
            ("content-type", "application/json; charset=utf-8"), ("transfer-encoding", "chunked"),
            ("date", "Thu, 20 Aug 2020 18:08:30 GMT"), ("x-ms-cs-error-code", "AuthorizationError"),
        ],
        body: Array(
            """
            {"status":"failed","createdDateTime":"2020-08-20T18:08:29.9667734Z",\
            "lastUpdatedDateTime":"2020-08-20T18:08:29.9667738Z",\
            "copyResult":{"modelId":"7292cdd2-de43-48c8-beea-decc5708b589","errors":[{"code":"AuthorizationError",\
            "message":"Could not retrieve authorization metadata. If this issue persists use a different target model to copy into."}]}}
            """.utf8
        )
    )

    /// azure-sdk-for-js `recording_copy_model.json`: the target, which keeps name and dates of the source.
    static let targetModel = HTTPResponse.json(
        200,
        """
        {"modelInfo":{"modelId":"f6d156ee-f9cb-430b-bbf5-5668ca9032e1","modelName":"copyModelName162196684344202824",\
        "attributes":{"isComposed":false},"status":"ready","createdDateTime":"2021-05-25T18:20:43Z",\
        "lastUpdatedDateTime":"2021-05-25T18:20:47Z"},"trainResult":{"averageModelAccuracy":0.96,\
        "trainingDocuments":[{"documentName":"Form_1.jpg","pages":1,"status":"succeeded"}],\
        "fields":[{"fieldName":"Tax","accuracy":0.995}],"errors":[]}}
        """
    )

    /// azure-sdk-for-net `FormTrainingClientCannotAuthenticateWithFakeApiKey.json`: no Content-Type, no request id.
    static let badKey = HTTPResponse(
        status: 401,
        headers: [("content-length", "224"), ("date", "Thu, 20 Aug 2020 18:08:04 GMT")],
        body: Array(
            """
            {"error":{"code":"401","message": "Access denied due to invalid subscription key or wrong API endpoint. \
            Make sure to provide a valid key for an active subscription and use a correct regional API endpoint for \
            your resource."}}
            """.utf8
        )
    )

    /// azure-sdk-for-java `FormTrainingClientTest.beginCopyInvalidRegion[1].json` (v2.1, March 2023).
    static let badRegion = HTTPResponse.json(
        400,
        """
        {"error":{"code":"1002","message":"Copy request is invalid. Field 'TargetResourceRegion' must be a valid \
        Azure region name."}}
        """
    )

    /// Quoted in azure-copy-apis.md 3.4 from an azure-sdk-for-java recording: the gateway's own answer.
    static let throttled = HTTPResponse(
        status: 429,
        headers: [
            ("policy-id", "ResourceRateLimitBy60s"), ("Retry-After", "55"), ("Content-Type", "application/json"),
        ],
        body: Array(#"{"error":{"code":"429","message":"Rate limit is exceeded. Try again in 55 seconds."}}"#.utf8)
    )

    /// azure-sdk-for-net `ImportExportProject.json` (v3.4-preview, November 2020): export.
    static let export = HTTPResponse.json(
        200,
        """
        {"iterationCount":1,"imageCount":10,"tagCount":4,"regionCount":0,"estimatedImportTimeInMS":5081,"token":\
        "\(Plans.importToken.reveal())"}
        """
    )

    /// azure-sdk-for-net `ImportExportProject.json`: import, under a name that the service made up.
    static let importing = HTTPResponse.json(
        200,
        """
        {"id":"8a5d08a0-7d70-499f-b92b-655752b5f4ff","name":"SDK UT: 4743f58e-08c9-4c9a-b2b5-9036f0daf00a (1)",\
        "description":"","settings":{"domainId":"ee85a74c-405e-4adc-bb47-ffa8ca0c9f31","classificationType":\
        "Multilabel","targetExportPlatforms":[],"useNegativeSet":true,"detectionParameters":null},\
        "created":"2020-11-06T16:31:44.723Z","lastModified":"2020-11-06T16:31:44.723Z","thumbnailUri":null,\
        "drModeEnabled":false,"status":"Importing"}
        """
    )

    /// azure-sdk-for-net `ProjectRetrieval.json` (v3.4-preview): imports that failed, and one that never ended.
    static let projects = HTTPResponse.json(
        200,
        """
        [{"id":"e18548cc-93dd-4b77-b7fa-46b28405b0c1","name":"PET-BR-TEST-20200804 (3)","description":null,\
        "created":"2020-09-16T20:55:17.63Z","status":"Succeeded"},\
        {"id":"0a92e481-05af-4d8b-95d6-a95bef78800f","name":"PET-BR-TEST-20200804 (2)","description":"Pet Brazil Test",\
        "created":"2020-09-16T19:46:37.61Z","status":"Failed"},\
        {"id":"df788f5b-19f9-4b36-9f9b-7330f5a70216","name":"PET-BR-TEST-20200804 (1)","description":"Pet Brazil Test",\
        "created":"2020-09-16T02:52:18.746Z","status":"Importing"}]
        """
    )
}
