"""Exchanges every operation of IAM, STS and Organizations with botocore: its serializer writes what we decode, its parser reads what we answer.

Usage: python check.py PATH_OF_EXCHANGE [SEEDS]
where PATH_OF_EXCHANGE is the built example (`cargo build -p doorward-wire --example exchange`). botocore must be importable.
"""

import datetime
import json
import subprocess
import sys
import urllib.parse

import botocore.loaders
import botocore.model
import botocore.parsers
import botocore.serialize


def plain(value):
    """A parsed answer with the types JSON has."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, bytes):
        import base64

        return base64.b64encode(value).decode()
    return value


def main():
    exchange = sys.argv[1]
    seeds = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    loader = botocore.loaders.Loader()
    services = {
        name: botocore.model.ServiceModel(loader.load_service_model(name, "service-2"), name)
        for name in ("iam", "organizations", "sts")
    }
    serializers = {name: botocore.serialize.create_serializer(name) for name in ("json", "query")}
    parsers = {name: botocore.parsers.create_parser(name) for name in ("json", "query")}
    checks = 0
    seen = set()
    for seed in range(seeds):
        lines = subprocess.run([exchange, "values", str(seed)], check=True, capture_output=True, text=True).stdout
        rows = [json.loads(line) for line in lines.splitlines()]
        requests = []
        for row in rows:
            operation = services[row["service"]].operation_model(row["operation"])
            seen.add((row["service"], row["operation"]))
            protocol = operation.metadata["protocol"]
            serializer, parser = serializers[protocol], parsers[protocol]
            request = serializer.serialize_to_request(row["input"], operation)
            body = urllib.parse.urlencode(request["body"]) if protocol == "query" else request["body"].decode()
            requests.append({"service": row["service"], "operation": row["operation"], "body": body})

            answer = {"status_code": 200, "headers": {}, "body": row["xml"].encode()}
            parsed = parser.parse(answer, operation.output_shape)
            metadata = parsed.pop("ResponseMetadata")
            assert protocol == "json" or metadata["RequestId"] == "request-1", row
            assert plain(parsed) == row["output"], (row["operation"], plain(parsed), row["output"])

            failure = row["failure"]
            answer = {"status_code": failure["status"], "headers": {}, "body": failure["xml"].encode()}
            parsed = parser.parse(answer, operation.output_shape)
            expected = {"Code": "NoSuchEntity", "Message": failure["message"]}
            if protocol == "query":
                expected["Type"] = "Sender"
            assert parsed["Error"] == expected, (parsed, expected)
            checks += 2
        text = "".join(json.dumps(request) + "\n" for request in requests)
        decoded = subprocess.run([exchange, "decode"], input=text, check=True, capture_output=True, text=True).stdout
        for row, line in zip(rows, decoded.splitlines(), strict=True):
            assert json.loads(line) == row["input"], (row["operation"], json.loads(line), row["input"])
            checks += 1
    expected = {(name, operation) for name, model in services.items() for operation in model.operation_names}
    assert seen == expected, seen ^ expected
    print(f"botocore {botocore.__version__}: {len(seen)} operations, {checks} exchanges agree")


main()
