"""An SMTP server for one test: writes its port, then each mail it takes as a line of JSON; ends with its stdin.

Arguments: `clear`, or `starttls` / `tls` followed by the files of certificate and key.
The address `inconnu@…` is refused for good, `plus-tard@…` for now, both with a sentence that repeats the address.
"""

import asyncio
import email
import email.policy
import json
import ssl
import sys

from aiosmtpd.smtp import SMTP


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("inconnu@"):
            return f"550 5.1.1 <{address}> unknown"
        if address.startswith("plus-tard@"):
            return f"451 4.7.1 <{address}> greylisted"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
        text, html = [part for part in mail.iter_parts()]
        clean = lambda part: part.get_content().replace("\r\n", "\n").rstrip("\n") + "\n"  # each hop may add an empty line
        seen = {
            "hello": session.host_name,
            "encrypted": session.ssl is not None or server.transport.get_extra_info("sslcontext") is not None,
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "headers": {name: str(value) for name, value in mail.items()},
            "encoding": text["Content-Transfer-Encoding"],
            "body": clean(text),
            "html": clean(html),
            "defects": [str(defect) for defect in mail.defects],
        }
        print(json.dumps(seen), flush=True)
        return "250 taken"


async def main(mode, *files):
    context = None
    if files:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(*files)
    starttls = {"tls_context": context, "require_starttls": True} if mode == "starttls" else {}
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(Handler(), hostname="relais.example", **starttls),
        "127.0.0.1",
        0,
        ssl=context if mode == "tls" else None,
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


asyncio.run(main(*sys.argv[1:]))
