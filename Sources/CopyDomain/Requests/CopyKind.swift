/// What is copied.
package enum CopyKind: String, Codable, CaseIterable, Sendable {
    /// A custom model of Form Recognizer or Document Intelligence.
    case documentModel = "document-model"
    /// A Document Intelligence classifier.
    case documentClassifier = "document-classifier"
    /// A Custom Vision project.
    case visionProject = "vision-project"
}

/// The kinds whose copies are one and the same conversation: each has a machine, calls and answers of its own.
package enum CopyFamily: String, Codable, CaseIterable, Sendable {
    /// Form Recognizer v2.
    case formRecognizer
    /// Form Recognizer v3 and Document Intelligence v4: models and classifiers.
    case documentIntelligence
    /// Custom Vision.
    case customVision
}
