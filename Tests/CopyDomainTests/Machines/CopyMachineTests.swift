import Testing

@testable import CopyDomain

@Suite("The machine of any family")
struct CopyMachineTests {
    @Test("is chosen by the version's kind and passes everything on")
    func families() {
        var forms = CopyMachine(plan())
        #expect(forms.phase == .requested)
        #expect(forms.receive(.begun, at: noon) == .ask(.formRecognizer(.getSourceModel)))
        let model = CopyAnswer.formRecognizer(.sourceModel(model("source-1")))
        #expect(
            forms.receive(.answered(model, serviceDate: nil), at: noon) == .ask(.formRecognizer(.getTargetSummary))
        )
        let summary = CopyAnswer.formRecognizer(.targetSummary(ResourceRoom(count: 13, limit: 250)))
        #expect(
            forms.receive(.answered(summary, serviceDate: nil), at: noon) == .perform(.formRecognizer(.authorizeCopy))
        )
        let answer = CopyAnswer.formRecognizer(.authorized(grant()))
        let start = forms.receive(.answered(answer, serviceDate: nil), at: noon)
        #expect(start == .perform(.formRecognizer(.startCopy(grant()))))
        #expect(forms.targetIDs == ["target-1"])
        #expect(stored(forms) == forms)
        var projects = CopyMachine(plan(.customVision3_4Preview))
        #expect(projects.receive(.begun, at: noon) == .ask(.customVision(.getSourceProject(id: "source-1"))))
        let found = CopyAnswer.customVision(.project(project("source-1")))
        #expect(
            projects.receive(.answered(found, serviceDate: nil), at: noon) == .ask(.customVision(.listTargetProjects))
        )
        let targets = CopyAnswer.customVision(.projects([]))
        #expect(
            projects.receive(.answered(targets, serviceDate: nil), at: noon)
                == .reserve(exportOfSource + "/source-1")
        )
        #expect(projects.phase == .waiting)
        #expect(stored(projects) == projects)
    }
}
