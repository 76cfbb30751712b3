import AzureEmulation
import FoundationEssentials
import Testing

@Suite("The configuration")
struct ConfigurationTests {
    @Test("everything but names may be left out")
    func defaults() throws {
        let configuration = try EmulatorConfiguration(json: Data(#"{"resources":[{"name":"a"}]}"#.utf8))
        #expect(configuration.copy == CopySettings(seconds: 5, spread: 0.3, runningShare: 0.2))
        #expect(configuration.seed == 1)
        #expect(configuration.resources[0].port == 0)
        #expect(configuration.resources[0].quirks.tokenSeconds == 86_400)
    }

    @Test("every setting is read")
    func full() throws {
        let json = """
            {"host":"127.0.0.1","admin":{"port":7000},"copy":{"seconds":2,"spread":0.1,"runningShare":0.5},
             "latency":{"milliseconds":20,"spread":0.5},"seed":9,
             "resources":[{"name":"a","port":7001,"key":"k1","keys":["k2"],"armId":"/arm","region":"eastus",
               "models":[{"id":"m","name":"n","version":"v2.0","status":"invalid","labelled":false}],
               "projects":[{"id":"p","name":"q","description":"d","tags":["t"],"images":3,"untaggedImages":1,
                 "iterations":2,"training":true}],
               "limits":{"models":5,"projects":6},"rate":{"management":5,"status":50,"list":10},
               "latency":{"milliseconds":1},"quirks":{"ticks":true,"refuseDuplicateNames":true,"tokenSeconds":60,
                 "versionDrift":{"v2.1":"v2.0"}}},
              {"name":"b","models":{"generate":20},"projects":{"generate":2}}]}
            """
        let configuration = try EmulatorConfiguration(json: Data(json.utf8))
        let resource = configuration.resources[0]
        #expect(resource.keys == ["k1", "k2"])
        #expect(resource.limits.projects == 6)
        #expect(resource.rate?.list == 10)
        #expect(resource.quirks.versionDrift == ["v2.1": "v2.0"])
        guard case .generated(20) = configuration.resources[1].models else {
            Issue.record("models are not generated")
            return
        }
    }

    @Test(
        "what is wrong is named",
        arguments: [
            (#"{}"#, "resources"), (#"{"resources":[{}]}"#, "name"),
            (#"{"resources":[{"name":"a"},{"name":"a"}]}"#, "'a'"),
            (#"{"resources":[],"sed":1}"#, "'sed'"), (#"{"resources":[{"name":"a","prt":1}]}"#, "'prt'"),
            (#"{"resources":[{"name":"a","models":[{"status":"odd"}]}]}"#, "odd"),
            (#"{"resources":[{"name":"a","projects":{"generat":1}}]}"#, "generat"),
            (#"{"copy":{"spread":3},"resources":[]}"#, "spread"),
            (#"{"resources":[{"name":"a","port":70000}]}"#, "port"),
            (#"{"resources":[{"name":"a","models":{"generate":-1}}]}"#, "generate"),
            (#"{"resources":[{"name":"a","documentModels":[{}]}]}"#, "id"),
            (#"{"resources":[{"name":"a","documentClassifiers":[{"id":"b","redy":true}]}]}"#, "'redy'"),
            (#"{"resources":[{"name":"a","quirks":{"pageSize":0}}]}"#, "pageSize"), ("[", ""),
        ]
    )
    func wrong(json: String, named: String) throws {
        let error = #expect(throws: ConfigurationError.self) { try EmulatorConfiguration(json: Data(json.utf8)) }
        let sentence = try #require(error).sentence
        #expect(named.isEmpty || sentence.contains(named), "\(sentence)")
    }
}
