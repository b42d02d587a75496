"""Mail to the advisors: SMTP."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from kpbot.channels import NotSent
from kpbot.channels.mail_body import composed
from kpbot.model import Letter, Message

PERMANENT = 500
"""SMTP replies from here on mean that trying again is useless (RFC 5321, 4.2.1)."""


class MailChannel:
    """Letters to the advisors' mailbox through one SMTP server."""

    name = "mail"
    repeats_show = False

    def __init__(self, smtp_url: str, sender: str) -> None:
        """`smtp_url`: smtp://user:password@host:port, smtps:// for TLS from the start."""
        parts = urlsplit(smtp_url)
        self._options = {
            "hostname": parts.hostname or "localhost",
            "port": parts.port or (465 if parts.scheme == "smtps" else 25),
            "username": unquote(parts.username) if parts.username else None,
            "password": unquote(parts.password) if parts.password else None,
            "use_tls": parts.scheme == "smtps",
            "timeout": 30,
        }
        self._sender = sender

    async def send(self, address: str, message: Message) -> None:
        """The server has accepted the letter. Raises NotSent where it has not."""
        import aiosmtplib  # noqa: PLC0415 (only where mail is configured)

        if not isinstance(message, Letter):
            raise NotSent("not_a_letter", never=True)
        try:
            mail = composed(message, sender=self._sender, address=address)
            await aiosmtplib.send(mail, **self._options)  # type: ignore[arg-type]
        except (aiosmtplib.SMTPAuthenticationError, aiosmtplib.SMTPSenderRefused) as error:
            # The operator's settings are wrong, not the letter: it waits until they are right.
            raise NotSent(f"smtp_{error.code}") from error
        except aiosmtplib.SMTPRecipientsRefused as error:
            code = min(each.code for each in error.recipients)
            raise NotSent(f"smtp_{code}", never=code >= PERMANENT) from error
        except aiosmtplib.SMTPResponseException as error:
            raise NotSent(f"smtp_{error.code}", never=error.code >= PERMANENT) from error
        except (aiosmtplib.SMTPException, OSError) as error:
            raise NotSent(type(error).__name__) from error
        except ValueError as error:  # no mail can be made of this address
            raise NotSent("no_address", never=True) from error
