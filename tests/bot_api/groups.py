"""Groups, supergroups and forums: several people, perhaps topics, and what a bot may see."""

from __future__ import annotations

from dataclasses import dataclass

from bot_api.bots import Bot
from bot_api.chats import Chat, forbidden
from bot_api.messages import Message, User
from bot_api.world import Raw, World, bad_request


@dataclass
class Topic:
    """A thread of a forum."""

    name: str
    closed: bool = False
    icon_color: int = 7322096


class Group(Chat):
    """A group with bots in it. People need not be named as members to speak."""

    def __init__(
        self, world: World, group_id: int, bot: Bot, *, forum: bool, supergroup: bool, admin: bool
    ) -> None:
        kind = "supergroup" if forum or supergroup else "group"
        super().__init__(world, group_id, kind, [bot])
        self.title = "Beratung"
        self.forum = forum
        self.members: list[User] = []
        self.owner = User(700_000_000 + abs(group_id) % 1000, "Eigentümerin")
        self.status = {bot.id: "administrator" if admin else "member"}
        """By bot: member, administrator, kicked, left, restricted."""
        self.topics: dict[int, Topic] = {}
        """By thread id."""
        self.past: list[Message] = []
        """What was said before the group became a supergroup; bots cannot reach it."""

    # What people do

    def say_as(
        self,
        user: User,
        text: str,
        *,
        reply_to: Message | None = None,
        thread: int | Message | None = None,
    ) -> Message:
        """The text was sent, in the thread (its id, or any message of it) if one is given."""
        return self.send_as(user, {}, text, reply_to=reply_to, thread=thread)

    def send_as(
        self,
        user: User,
        extra: Raw,
        text: str = "",
        *,
        reply_to: Message | None = None,
        thread: int | Message | None = None,
    ) -> Message:
        """Something made by `bot_api.media` was sent, with the text as caption."""
        with self.world.lock:
            thread_id = thread.thread_id if isinstance(thread, Message) else thread
            if thread_id is None and reply_to is not None:
                thread_id = reply_to.thread_id
            if reply_to is None and thread_id is not None:
                # As in real forums: what is no reply replies to the beginning of the topic.
                reply_to = self.find(thread_id)
            return self.arrive(user, text, extra=extra, reply_to=reply_to, thread_id=thread_id)

    def edit_as(self, user: User, message: Message, text: str) -> Message:
        """The person's own message reads otherwise; the bots that may see it are told."""
        with self.world.lock:
            if message.sender != user:
                raise ValueError("only their own")
            self.change(message, text, [], None)
            self.tell("edited_message", message)
            return message

    def add_bot(self, bot: Bot, *, admin: bool = False) -> None:
        """One more bot is a member and has been told so."""
        with self.world.lock:
            before = self.status.get(bot.id, "left")
            self.status[bot.id] = "administrator" if admin else "member"
            if bot not in self.bots:
                self.bots.append(bot)
            bot.chats[self.id] = self
            self.membership(bot, self.owner, before, self.status[bot.id])

    def set_status(self, bot: Bot, status: str) -> None:
        """The bot was made this (member, administrator, restricted, left, kicked) and told so."""
        with self.world.lock:
            before, self.status[bot.id] = self.status[bot.id], status
            self.membership(bot, self.owner, before, status)

    def kick(self, bot: Bot) -> None:
        """The bot is out and has been told so."""
        self.set_status(bot, "kicked")

    def join(self, user: User) -> Message:
        """The person is a member; bots see that they came."""
        with self.world.lock:
            self.members.append(user)
            return self.arrive(user, extra={"new_chat_members": [user.raw()]})

    def migrate(self) -> int:
        """The group is a supergroup with the id returned; calls with the old id are refused."""
        with self.world.lock:
            old, new = self.id, -1_000_000_000_000 - abs(self.id)
            self.arrive(self.owner, extra={"migrate_to_chat_id": new})
            for bot in self.bots:
                del bot.chats[old]
                bot.migrated[old] = new
                bot.chats[new] = self
            self.id, self.kind = new, "supergroup"
            self.past, self.log, self._last_id = self.log, [], 0
            self.arrive(self.owner, extra={"migrate_from_chat_id": old})
            return new

    def open_topic(self, name: str, by: User | None = None) -> int:
        """A person made a topic; its thread id."""
        with self.world.lock:
            return self.new_topic(name, by or self.owner).id

    def close_topic(self, thread_id: int) -> None:
        """A person closed the topic."""
        with self.world.lock:
            self.topics[thread_id].closed = True
            self.arrive(self.owner, thread_id=thread_id, extra={"forum_topic_closed": {}})

    def delete_topic(self, thread_id: int) -> None:
        """The topic is gone with everything in it."""
        with self.world.lock:
            del self.topics[thread_id]
            for message in self.log:
                if message.thread_id == thread_id:
                    message.deleted = True
            self.world.changed()

    def in_topic(self, thread_id: int | None) -> list[Message]:
        """What bots sent to the thread and did not delete; None: outside of any topic."""
        return [message for message in self.messages if message.thread_id == thread_id]

    # What the server asks; the lock is held

    def raw(self) -> Raw:
        """As in the Bot API."""
        made: Raw = {"id": self.id, "type": self.kind, "title": self.title}
        return {**made, "is_forum": True} if self.forum else made

    def check(self, bot: Bot, thread_id: int | None = None) -> None:
        """The bot may write here. Raises Refused."""
        status = self.status[bot.id]
        if status == "kicked":
            raise forbidden(f"bot was kicked from the {self.kind} chat")
        if status == "left":
            raise forbidden(f"bot is not a member of the {self.kind} chat")
        if status == "restricted":
            raise bad_request("not enough rights to send text messages to the chat")
        if thread_id is None:
            return
        if thread_id not in self.topics:
            raise bad_request("message thread not found")
        if self.topics[thread_id].closed and status != "administrator":
            raise bad_request("TOPIC_CLOSED")

    def shows(self, bot: Bot, message: Message) -> bool:
        """Whether the bot is told about the message: privacy mode."""
        status = self.status[bot.id]
        if status in {"kicked", "left"} or message.sender.id == bot.id:
            return False
        if message.is_service or bot.sees_all_messages or status == "administrator":
            return True
        replied = message.reply_to is not None and message.reply_to.sender.id == bot.id
        return replied or self._addressed(bot, message.text)

    def _addressed(self, bot: Bot, text: str) -> bool:
        words = text.lower().split()
        mine = f"@{bot.username.lower()}"
        if words and words[0].startswith("/"):
            _, _, other = words[0].partition("@")
            return not other or f"@{other}" == mine
        return any(word.strip(".,:;!?()") == mine for word in words)

    def new_topic(self, name: str, by: User, icon_color: int | None = None) -> Message:
        """The message with which a new topic begins."""
        topic = Topic(name) if icon_color is None else Topic(name, icon_color=icon_color)
        fields = {"name": name, "icon_color": topic.icon_color}
        message = self.add(by, extra={"forum_topic_created": fields})
        message.thread_id = message.id
        self.topics[message.id] = topic
        self.tell("message", message)
        return message
