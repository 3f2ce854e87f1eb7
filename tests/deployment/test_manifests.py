"""The YAML files are what Kubernetes and KubeRay take."""

from typing import Any

import kubernetes_validate
import pytest

from tests.deployment.files import container, documents, ours, ray_groups, ray_job

VERSIONS = ("1.31", "1.37")
"""Of Kubernetes: the oldest that has all fields without asking for them, and a new one."""

RAY_JOB = {  # KubeRay 1.5, ray-operator/apis/ray/v1/rayjob_types.go
    "activeDeadlineSeconds",
    "backoffLimit",
    "clusterSelector",
    "deletionStrategy",
    "entrypoint",
    "entrypointNumCpus",
    "entrypointNumGpus",
    "entrypointResources",
    "jobId",
    "managedBy",
    "metadata",
    "rayClusterSpec",
    "runtimeEnvYAML",
    "shutdownAfterJobFinishes",
    "submissionMode",
    "submitterConfig",
    "submitterPodTemplate",
    "suspend",
    "ttlSecondsAfterFinished",
}
RAY_CLUSTER = {  # raycluster_types.go
    "authOptions",
    "autoscalerOptions",
    "enableInTreeAutoscaling",
    "gcsFaultToleranceOptions",
    "headGroupSpec",
    "headServiceAnnotations",
    "managedBy",
    "rayVersion",
    "suspend",
    "workerGroupSpecs",
}
HEAD = {"enableIngress", "headService", "rayStartParams", "serviceType", "template"}
WORKERS = {
    "groupName",
    "idleTimeoutSeconds",
    "maxReplicas",
    "minReplicas",
    "numOfHosts",
    "rayStartParams",
    "replicas",
    "scaleStrategy",
    "suspend",
    "template",
}


def pod_templates() -> list[Any]:
    """The pods of the Ray cluster, each as an object that Kubernetes has a schema for."""
    return [
        {"apiVersion": "v1", "kind": "PodTemplate", "template": group["template"]} for group in ray_groups()
    ]


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("manifest", [*documents("indexed-job.yaml"), *pod_templates()])
def test_kubernetes_knows_every_field(manifest: Any, version: str) -> None:
    kubernetes_validate.validate(manifest, version, strict=True)


def test_kuberay_knows_every_field() -> None:
    head, *workers = ray_groups()

    assert ray_job().keys() <= RAY_JOB
    assert ray_job()["rayClusterSpec"].keys() <= RAY_CLUSTER
    assert head.keys() <= HEAD
    assert all(group.keys() <= WORKERS for group in workers)


def test_parameters_of_ray_are_texts() -> None:
    values = [value for group in ray_groups() for value in group.get("rayStartParams", {}).values()]

    assert values
    assert all(isinstance(value, str) for value in values)


def test_there_are_as_many_shares_as_pods() -> None:
    share, _ = documents("indexed-job.yaml")
    words = container(share)["args"]

    assert words[words.index("--num-shards") + 1] == str(share["spec"]["completions"])
    assert words[words.index("--shard-index") + 1] == "$(JOB_COMPLETION_INDEX)"


def test_what_finishes_has_the_words_of_the_shares() -> None:
    """Else the shards would be others."""
    share, finish = (container(job)["args"] for job in documents("indexed-job.yaml"))

    assert share[: share.index("--shard-index")] == finish[: finish.index("--workers")]


def test_as_many_tasks_at_a_time_as_cpus() -> None:
    words = ours(ray_job()["entrypoint"])
    _, workers = ray_groups()
    (worker,) = workers["template"]["spec"]["containers"]

    cpus = workers["maxReplicas"] * int(worker["resources"]["requests"]["cpu"])

    assert words[words.index("--workers") + 1] == str(cpus)


def test_all_use_the_image_of_the_page() -> None:
    pods = [group["template"] for group in ray_groups()]
    pods += [job["spec"]["template"] for job in documents("indexed-job.yaml")]

    assert len({one["image"] for pod in pods for one in pod["spec"]["containers"]}) == 1
