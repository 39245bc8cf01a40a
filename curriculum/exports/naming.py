"""How other systems call the parts of the path: URIs made of our lasting UUIDs, and who offers the courses."""

from __future__ import annotations

from uuid import UUID, uuid5

import msgspec

from curriculum.model import Path


class Naming(msgspec.Struct, frozen=True):
    """How parts are called outside.

    Without `base`, a part's URI is `urn:uuid:…`: a URI that needs no web server of anyone's, and means the same part
    wherever the file is copied. Whoever publishes the files on a server gives its address as `base`, and the URIs
    become addresses below it.

    Attributes:
        base: the address below which the parts can be fetched, or empty.
        provider: the name of the school or firm that offers the courses; empty for the path's own title.
    """

    base: str = ""
    provider: str = ""

    def uri(self, identity: UUID) -> str:
        """Return the URI of the part with this UUID.

        >>> Naming().uri(UUID(int=1))
        'urn:uuid:00000000-0000-0000-0000-000000000001'
        >>> Naming(base="https://school.test/path/").uri(UUID(int=1))
        'https://school.test/path/00000000-0000-0000-0000-000000000001'
        """
        return f"{self.base.rstrip('/')}/{identity}" if self.base else identity.urn

    def provider_of(self, path: Path) -> str:
        """Return the name of who offers the path's courses."""
        return self.provider or path.title

    def provider_uuid(self, path: Path) -> UUID:
        """Return a lasting UUID for who offers the path's courses: another name is another provider."""
        return uuid5(path.uuid, f"provider:{self.provider_of(path)}")
