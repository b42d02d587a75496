"""What people send that is not text, as fields of a message."""

from __future__ import annotations

from bot_api.world import Raw, World


def _file(world: World, name: str, content: bytes) -> Raw:
    number = world.number()
    file_id = f"FILE{number}"
    world.files[file_id] = (name, content)
    return {"file_id": file_id, "file_unique_id": f"U{number}", "file_size": len(content)}


def photo(world: World) -> Raw:
    """A photo in two sizes."""
    small = {**_file(world, "small.jpg", b"\xff\xd8small"), "width": 90, "height": 60}
    large = {**_file(world, "large.jpg", b"\xff\xd8large"), "width": 900, "height": 600}
    return {"photo": [small, large]}


def voice(world: World) -> Raw:
    """A voice message of four seconds."""
    return {
        "voice": {**_file(world, "voice.oga", b"OggS"), "duration": 4, "mime_type": "audio/ogg"}
    }


def document(world: World, name: str, content: bytes) -> Raw:
    """A file."""
    return {"document": {**_file(world, name, content), "file_name": name}}


def sticker(world: World) -> Raw:
    """A still sticker."""
    fields = {"type": "regular", "width": 512, "height": 512, "emoji": "🙂"}
    flags = {"is_animated": False, "is_video": False}
    return {"sticker": {**_file(world, "sticker.webp", b"RIFF"), **fields, **flags}}


def location() -> Raw:
    """A place in Rabat."""
    return {"location": {"latitude": 34.02, "longitude": -6.84}}


def poll(world: World, question: str = "?") -> Raw:
    """A poll of the person's own."""
    options = [
        {"persistent_id": str(n), "text": text, "voter_count": 0}
        for n, text in enumerate(("1", "2"))
    ]
    return {
        "poll": {
            "id": str(world.number()),
            "question": question,
            "options": options,
            "total_voter_count": 0,
            "is_closed": False,
            "is_anonymous": True,
            "type": "regular",
            "allows_multiple_answers": False,
            "allows_revoting": False,
            "members_only": False,
            "shuffle_options": False,
            "allow_adding_options": False,
            "hide_results_until_closes": False,
        }
    }


def contact(user_id: int | None, first_name: str, phone_number: str) -> Raw:
    """A contact; the user id is missing if the person has no account."""
    fields: Raw = {"phone_number": phone_number, "first_name": first_name}
    return {"contact": fields if user_id is None else {**fields, "user_id": user_id}}
