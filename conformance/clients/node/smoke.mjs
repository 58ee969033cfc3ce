// What the AWS SDK for JavaScript makes of the server: one story, its findings printed as JSON.

import {
  AttachRolePolicyCommand,
  CreateAccessKeyCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  GetRoleCommand,
  IAMClient,
  ListUsersCommand,
  NoSuchEntityException,
  paginateListUsers,
  waitUntilRoleExists,
} from "@aws-sdk/client-iam";
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";

const iam = new IAMClient({ maxAttempts: 1 });
const found = {};

found.root = (await new STSClient({ maxAttempts: 1 }).send(new GetCallerIdentityCommand({}))).Arn;
for (const name of ["n1", "n2", "n3"]) {
  await iam.send(new CreateUserCommand({ UserName: name, Path: "/node/", Tags: [{ Key: "ключ", Value: "a b+c=é" }] }));
}
found.users = [];
for await (const page of paginateListUsers({ client: iam, pageSize: 2 }, { PathPrefix: "/node/" })) {
  found.users.push(page.Users.map((user) => user.UserName));
}
const { AccessKey: key } = await iam.send(new CreateAccessKeyCommand({ UserName: "n1" }));
found.created = key.CreateDate instanceof Date;
const user = { accessKeyId: key.AccessKeyId, secretAccessKey: key.SecretAccessKey };

const account = found.root.split(":")[4];
const trust = {
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${account}:user/node/n1` }, Action: "sts:AssumeRole" },
  ],
};
const permissions = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "iam:GetRole", Resource: "*" }] };
const { Role: role } = await iam.send(
  new CreateRoleCommand({ RoleName: "node", AssumeRolePolicyDocument: JSON.stringify(trust) }),
);
const { Policy: policy } = await iam.send(
  new CreatePolicyCommand({ PolicyName: "node", PolicyDocument: JSON.stringify(permissions) }),
);
await iam.send(new AttachRolePolicyCommand({ RoleName: "node", PolicyArn: policy.Arn }));
await waitUntilRoleExists({ client: iam, maxWaitTime: 30 }, { RoleName: "node" });

const { Credentials: given } = await new STSClient({ maxAttempts: 1, credentials: user }).send(
  new AssumeRoleCommand({ RoleArn: role.Arn, RoleSessionName: "js-1" }),
);
const credentials = {
  accessKeyId: given.AccessKeyId,
  secretAccessKey: given.SecretAccessKey,
  sessionToken: given.SessionToken,
};
const session = new IAMClient({ maxAttempts: 1, credentials });
const shown = await session.send(new GetRoleCommand({ RoleName: "node" }));
found.trust = JSON.parse(decodeURIComponent(shown.Role.AssumeRolePolicyDocument));
found.trusted = trust;

const failure = async (client, command) => {
  try {
    await client.send(command);
    return null;
  } catch (error) {
    return { name: error.name, status: error.$metadata.httpStatusCode, message: error.message };
  }
};
found.denied = await failure(session, new ListUsersCommand({}));
found.absent = await failure(iam, new GetRoleCommand({ RoleName: "absent" }));
try {
  await iam.send(new GetRoleCommand({ RoleName: "absent" }));
} catch (error) {
  found.mapped = error instanceof NoSuchEntityException;
}
console.log(JSON.stringify(found));
