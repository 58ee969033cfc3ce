"""A server that stops and starts again has forgotten nothing."""

from __future__ import annotations

from installation import Boto, Keys, Server
from policies import allow, trust


def test_everything_is_there_after_a_restart(tmp_path):
    with Server(tmp_path, tmp_path / "data") as server:
        call = Boto(server)
        other = server.create_account("other", "222222222222")
        service = server.create_service("ci.example.internal")
        call(None, "iam", "CreateUser", UserName="ada", Tags=[{"Key": "a", "Value": "b"}])
        ada = Keys.of(call(None, "iam", "CreateAccessKey", UserName="ada"))
        made = call(
            None, "iam", "CreateRole", RoleName="r", AssumeRolePolicyDocument=trust({"Service": "ci.example.internal"})
        )
        role = made["Role"]["Arn"]
        policy = call(None, "iam", "CreatePolicy", PolicyName="p", PolicyDocument=allow("iam:Get*"))["Policy"]["Arn"]
        call(None, "iam", "AttachRolePolicy", RoleName="r", PolicyArn=policy)
        call(other, "iam", "CreateUser", UserName="bob")
        session = Keys.of(call(service, "sts", "AssumeRole", RoleArn=role, RoleSessionName="s1"))
        whole = call(None, "iam", "GetAccountAuthorizationDetails")
        root, account = server.root, server.account

        for _ in range(2):
            server.stop()
            server.start()
            assert "first start" not in server.said
            assert (server.root, server.account) == (root, account)
            assert call(None, "iam", "GetAccountAuthorizationDetails") == whole
            assert call(ada, "sts", "GetCallerIdentity")["Arn"].endswith(":user/ada")
            assert call(other, "iam", "GetUser", UserName="bob")["User"]["Arn"].startswith("arn:aws:iam::222222222222:")
            # Sessions from before are still good, with what their role may do now.
            assert call(session, "iam", "GetRole", RoleName="r")["Role"]["Arn"] == role
            call(service, "sts", "AssumeRole", RoleArn=role, RoleSessionName="s2")
            # When the role was last used is not forgotten either.
            whole = call(None, "iam", "GetAccountAuthorizationDetails")
        call(None, "iam", "DetachRolePolicy", RoleName="r", PolicyArn=policy)


def test_a_second_server_does_not_take_the_data(tmp_path):
    with Server(tmp_path, tmp_path / "data") as server:
        ran = server.doorward("serve", "--listen", "127.0.0.1:0")
        assert (ran.code, ran.out) == (1, "") and str(tmp_path / "data") in ran.err
        server.client("sts").get_caller_identity()


def test_the_command_works_with_and_without_a_server(tmp_path):
    with Server(tmp_path, tmp_path / "data") as server:
        running = server.create_account("running", "222222222222")
        server.stop()
        resting = server.create_account("resting", "333333333333")
        server.start()
        for keys, account in ((running, "222222222222"), (resting, "333333333333")):
            assert server.client("sts", keys).get_caller_identity()["Account"] == account
        assert len(server.doorward("account", "list").ok().splitlines()) == 4


def test_memory_forgets(tmp_path):
    with Server(tmp_path, None) as server:
        root = server.root
        server.client("iam").create_user(UserName="ada")
        server.stop()
        server.start()
        assert server.root != root
        assert server.client("iam").list_users()["Users"] == []
