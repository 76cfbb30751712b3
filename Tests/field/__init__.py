"""Worlds of real processes (RabbitMQ, azure-emulator, workers), for Tests/benchmark and Tests/campaign."""
