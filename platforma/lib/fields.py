"""Model fields whose value is computed from the row's other fields every time it is saved."""

from datetime import datetime, time

from django.db import models
from django.utils import timezone

from platforma.lib import polish


class DerivedField:
    """Mixin: `sources` name the attributes read; `derive(texts)` gives the value kept."""

    def __init__(self, *sources, **kwargs):
        self.sources = sources
        kwargs.update(editable=False, blank=True, default="")
        super().__init__(**kwargs)

    def deconstruct(self):
        name, path, _args, kwargs = super().deconstruct()
        return name, path, list(self.sources), kwargs

    def pre_save(self, instance, add):
        value = self.derive([str(getattr(instance, source) or "") for source in self.sources])
        setattr(instance, self.attname, value)
        return value


class SortKeyField(DerivedField, models.CharField):
    """Keeps `polish.sort_key` of its sources, so that both databases order names the Polish way."""

    def __init__(self, *sources, **kwargs):
        kwargs.setdefault("max_length", 200)
        kwargs.setdefault("db_index", True)
        super().__init__(*sources, **kwargs)

    def derive(self, texts):
        return polish.sort_key(" ".join(texts))[: self.max_length]


class FoldedTextField(DerivedField, models.TextField):
    """Keeps its sources folded (lower case, no diacritics), one paragraph each, for text search."""

    def derive(self, texts):
        return "\n".join(polish.fold(text) for text in texts if text)


# Addresses of pages that stand where an entry's own would.
RESERVED_SLUGS = {"podpowiedzi", "porownaj", "mapa"}


class AutoSlugField(models.SlugField):
    """A unique slug; when left empty it is made from `source` and numbered until it is free."""

    def __init__(self, source="nazwa", **kwargs):
        self.source = source
        kwargs.setdefault("max_length", 120)
        kwargs.setdefault("unique", True)
        kwargs.setdefault("blank", True)
        super().__init__("adres (slug)", **kwargs)

    def deconstruct(self):
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("verbose_name", None)
        return name, path, [self.source], kwargs

    def pre_save(self, instance, add):
        value = getattr(instance, self.attname)
        if not value:
            value = self._free_slug(instance)
            setattr(instance, self.attname, value)
        return value

    def _free_slug(self, instance):
        source = str(getattr(instance, self.source))
        base = polish.slugify(source)[: self.max_length - 6].strip("-") or "wpis"
        others = type(instance)._default_manager.exclude(pk=instance.pk)
        taken = set(others.filter(**{f"{self.name}__startswith": base}).values_list(self.name, flat=True))
        taken |= RESERVED_SLUGS
        slug, number = base, 1
        while slug in taken:
            number += 1
            slug = f"{base}-{number}"
        return slug


class DayStartField(models.DateTimeField):
    """Keeps the moment at which the day in the field `source` begins here; None without a day.

    Days as such cannot be compared with moments by both databases in the site's time zone.
    """

    def __init__(self, source, **kwargs):
        self.source = source
        kwargs.update(editable=False, null=True, blank=True)
        super().__init__(**kwargs)

    def deconstruct(self):
        name, path, _args, kwargs = super().deconstruct()
        return name, path, [self.source], kwargs

    def pre_save(self, instance, add):
        day = self._day(instance)
        value = timezone.make_aware(datetime.combine(day, time.min)) if day else None
        setattr(instance, self.attname, value)
        return value

    def _day(self, instance):
        field = instance._meta.get_field(self.source)
        return field.to_python(getattr(instance, self.source))
