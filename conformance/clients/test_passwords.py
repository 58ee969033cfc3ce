"""Passwords of users, and what an account asks of them, through boto3's library and the AWS CLI.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords.html
"""

from __future__ import annotations

import datetime

import pytest

from installation import Keys
from policies import allow

NOW = datetime.datetime.now(datetime.timezone.utc)
WEAK = "Password does not conform to the account password policy."


def test_a_login_profile_from_start_to_end(iam):
    iam.create_user(UserName="Ada")
    made = iam.create_login_profile(UserName="ada", Password="Correct-horse-1", PasswordResetRequired=True)["LoginProfile"]
    assert abs((made.pop("CreateDate") - NOW).total_seconds()) < 600
    assert made == {"UserName": "Ada", "PasswordResetRequired": True}
    with pytest.raises(iam.exceptions.EntityAlreadyExistsException) as error:
        iam.create_login_profile(UserName="Ada", Password="Correct-horse-1")
    assert error.value.response["ResponseMetadata"]["HTTPStatusCode"] == 409
    iam.update_login_profile(UserName="Ada", Password="Correct-horse-2", PasswordResetRequired=False)
    assert iam.get_login_profile(UserName="Ada")["LoginProfile"]["PasswordResetRequired"] is False
    assert "PasswordLastUsed" not in iam.get_user(UserName="Ada")["User"]
    with pytest.raises(iam.exceptions.DeleteConflictException) as error:
        iam.delete_user(UserName="Ada")
    assert error.value.response["Error"]["Message"] == "Cannot delete entity, must delete login profile first."
    iam.delete_login_profile(UserName="Ada")
    with pytest.raises(iam.exceptions.NoSuchEntityException) as error:
        iam.get_login_profile(UserName="Ada")
    assert error.value.response["Error"]["Message"] == "Login Profile for User Ada cannot be found."
    iam.delete_user(UserName="Ada")


def test_weak_passwords(iam, each_client, server, refused):
    iam.create_user(UserName=f"weak-{each_client.__class__.__name__}")
    for password in ["short1A", "alllowercase", "12345678"]:
        refused(
            "PasswordPolicyViolation", WEAK, each_client, server.root, "iam", "CreateLoginProfile",
            UserName=f"weak-{each_client.__class__.__name__}", Password=password,
        )


def test_changing_ones_own_password(server, iam, call, refused):
    iam.create_user(UserName="own")
    keys = Keys.of(iam.create_access_key(UserName="own"))
    iam.create_login_profile(UserName="own", Password="Correct-horse-1")
    change = {"OldPassword": "Correct-horse-1", "NewPassword": "Correct-horse-2"}
    own = server.client("iam", keys)
    with pytest.raises(own.exceptions.ClientError) as error:
        own.change_password(**change)
    assert error.value.response["Error"]["Code"] == "AccessDenied"
    arn = f"arn:aws:iam::{server.account}:user/${{aws:username}}"
    iam.put_user_policy(UserName="own", PolicyName="own", PolicyDocument=allow("iam:ChangePassword", arn))
    own.change_password(**change)
    refused("AccessDenied", "The old password was incorrect.", call, keys, "iam", "ChangePassword", **change)
    refused(
        "InvalidUserType", "Only IAM Users can change their own password", call, server.root, "iam", "ChangePassword",
        **change,
    )


def test_what_an_account_asks_for(server, iam):
    with pytest.raises(iam.exceptions.NoSuchEntityException) as error:
        iam.get_account_password_policy()
    text = f"The Password Policy with domain name {server.account} cannot be found."
    assert error.value.response["Error"]["Message"] == text
    iam.update_account_password_policy(
        MinimumPasswordLength=10, RequireNumbers=True, AllowUsersToChangePassword=True, MaxPasswordAge=90,
        PasswordReusePrevention=1,
    )
    assert iam.get_account_password_policy()["PasswordPolicy"] == {
        "MinimumPasswordLength": 10,
        "RequireSymbols": False,
        "RequireNumbers": True,
        "RequireUppercaseCharacters": False,
        "RequireLowercaseCharacters": False,
        "AllowUsersToChangePassword": True,
        "ExpirePasswords": True,
        "MaxPasswordAge": 90,
        "PasswordReusePrevention": 1,
    }
    iam.create_user(UserName="plain")
    keys = Keys.of(iam.create_access_key(UserName="plain"))
    with pytest.raises(iam.exceptions.PasswordPolicyViolationException) as error:
        iam.create_login_profile(UserName="plain", Password="no-numbers-here")
    assert error.value.response["Error"]["Message"] == WEAK
    iam.create_login_profile(UserName="plain", Password="a-number-1")
    own = server.client("iam", keys)
    # The account lets it, so no policy of its own has to.
    with pytest.raises(own.exceptions.PasswordPolicyViolationException):
        own.change_password(OldPassword="a-number-1", NewPassword="a-number-1")
    own.change_password(OldPassword="a-number-1", NewPassword="a-number-2")
    assert own.get_account_password_policy()["PasswordPolicy"]["MinimumPasswordLength"] == 10
    iam.delete_account_password_policy()
    with pytest.raises(iam.exceptions.NoSuchEntityException):
        iam.delete_account_password_policy()
