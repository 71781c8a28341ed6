"""Photos: accepted, refused and published ones (Regulation 6.5-6.7, 6.12)."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageCms

from sync.register.checks.photo_formats import FileFormat, format_of, has_end
from sync.register.checks.photos import (
    PhotoDamaged,
    PhotoLimits,
    PhotoReason,
    Pixels,
    Verdict,
    judge,
    pixels_as_published,
    pixels_as_sent,
    published_copies,
    thumbnail,
)
from tests.fakes.photos import RED, bomb, exif, file_of, pages, picture

SMALL = PhotoLimits(most_pixels=700_000, most_plain_pixels=300_000, most_bytes=3_000_000)


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


@pytest.mark.parametrize(
    ("head", "found"),
    [
        (b"\xff\xd8\xff\xe0", FileFormat.JPEG),
        (b"II*\x00\x08\x00\x00\x00", FileFormat.TIFF),
        (b"MM\x00*\x00\x00\x00\x08", FileFormat.TIFF),
        (b"II*\x00\x10\x00\x00\x00CR\x02\x00", FileFormat.RAW),
        (b"MM\x00*\x00\x00\x00\x08 NIKON CORPORATION", FileFormat.RAW),
        (b"\x00\x00\x00\x18ftypheic\0\0\0\0mif1heic", FileFormat.HEIC),
        (b"\x00\x00\x00\x1cftypmif1\0\0\0\0mif1avifmiaf", FileFormat.AVIF),
        (b"\x00\x00\x00\x18ftypmp42\0\0\0\0isommp42", FileFormat.VIDEO),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", FileFormat.WEBP),
        (b"RIFF\x10\x00\x00\x00AVI LIST", FileFormat.VIDEO),
        (b"GIF89a", FileFormat.GIF),
        (b"BM\x10\x00", FileFormat.BMP),
        (b"\n%PDF-1.7", FileFormat.PDF),
        (b"PK\x03\x04", FileFormat.ARCHIVE),
        (b"\xd0\xcf\x11\xe0", FileFormat.OFFICE),
        (b"<?xml version='1.0'?><SVG>", FileFormat.SVG),
        ("Прошу помочь".encode()[:-1], FileFormat.TEXT),
        (b"\x01\x02\x03\x04", FileFormat.UNKNOWN),
        (b"\xf0\xff\xff\xff\xff\xff", FileFormat.UNKNOWN),
        (b"", FileFormat.UNKNOWN),
    ],
)
def test_the_format_is_told_by_content(head: bytes, found: FileFormat) -> None:
    assert format_of(head) is found


def test_a_picture_without_its_end_is_damaged_however_its_last_bits_fall() -> None:
    for _ in range(64):
        # Random noise: sometimes the last pixel is complete before the last bytes.
        data = file_of(picture(), "JPEG", exif=exif())
        assert judge(data[:-2]).reason is PhotoReason.DAMAGED
        assert judge(data + b"\xff\xda a tail").reason is PhotoReason.NONE


def test_the_end_of_a_small_picture_in_the_header_is_not_the_end() -> None:
    small = file_of(picture(160, 120), "JPEG")
    header = b"Exif\x00\x00" + small
    data = file_of(picture(), "JPEG")
    both = data[:2] + b"\xff\xe1" + (len(header) + 2).to_bytes(2, "big") + header + data[2:]
    assert has_end(both, FileFormat.JPEG)
    assert not has_end(both[:-2], FileFormat.JPEG)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "TIFF"])
def test_a_photo_of_an_allowed_format_is_taken(form: str) -> None:
    judged = judge(file_of(picture(), form))
    assert (judged.verdict, judged.reason, judged.paragraph) == (
        Verdict.ACCEPT,
        PhotoReason.NONE,
        "",
    )
    assert (judged.format, judged.width, judged.height, judged.pages) == (form, 640, 480, 1)
    assert not judged.has_location


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", PhotoReason.EMPTY),
        (file_of(picture(), "GIF"), PhotoReason.WRONG_FORMAT),
        (file_of(picture(), "WEBP"), PhotoReason.WRONG_FORMAT),
        (b"%PDF-1.7 and more", PhotoReason.WRONG_FORMAT),
        (b"\xff\xd8\xff\xe0 and nothing", PhotoReason.DAMAGED),
        (file_of(picture(), "JPEG")[:9000], PhotoReason.DAMAGED),
        (file_of(picture(), "JPEG")[:-2], PhotoReason.DAMAGED),
        (file_of(picture(), "PNG")[:9000], PhotoReason.DAMAGED),
        (file_of(picture(), "PNG")[:-12], PhotoReason.DAMAGED),
        (file_of(picture(), "TIFF")[:9000], PhotoReason.DAMAGED),
    ],
)
def test_what_cannot_be_shown_is_refused(data: bytes, reason: PhotoReason) -> None:
    judged = judge(data)
    assert (judged.verdict, judged.reason, judged.paragraph) == (Verdict.REFUSE, reason, "6.5")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (file_of(picture(1000, 800), "JPEG"), PhotoReason.TOO_MANY_PIXELS),
        (bomb(600, 600), PhotoReason.TOO_MANY_PIXELS),
        (bomb(20_000, 20_000), PhotoReason.TOO_MANY_PIXELS),
        (file_of(picture(1200, 1000), "TIFF"), PhotoReason.FILE_TOO_BIG),
    ],
)
def test_what_is_too_large_is_refused_by_its_header(data: bytes, reason: PhotoReason) -> None:
    judged = judge(data, SMALL)
    assert (judged.verdict, judged.reason) == (Verdict.REFUSE, reason)


def test_a_later_page_that_is_too_large_is_found() -> None:
    data = file_of(picture(), "TIFF", save_all=True, append_images=[picture(1000, 800)])
    limits = PhotoLimits(most_pixels=700_000)
    assert judge(data, limits).reason is PhotoReason.TOO_MANY_PIXELS


@pytest.mark.parametrize(
    ("count", "verdict", "paragraph"), [(4, Verdict.ACCEPT, ""), (5, Verdict.REFUSE, "6.6")]
)
def test_every_page_counts_as_a_photo(count: int, verdict: Verdict, paragraph: str) -> None:
    judged = judge(pages("TIFF", count))
    assert (judged.pages, judged.verdict, judged.paragraph) == (count, verdict, paragraph)


def test_pages_are_counted_to_a_hundred() -> None:
    small = Image.new("1", (8, 8))
    judged = judge(file_of(small, "TIFF", save_all=True, append_images=[small] * 119))
    assert (judged.pages, judged.verdict, judged.paragraph) == (100, Verdict.REFUSE, "6.6")


@pytest.mark.parametrize(
    ("mode", "form", "bytes_a_pixel"),
    [
        ("1", "TIFF", 2),
        ("L", "PNG", 2),
        ("P", "PNG", 2),
        ("I;16", "PNG", 2),
        ("I;16", "TIFF", 2),
        ("RGB", "PNG", 4),
        ("CMYK", "TIFF", 4),
    ],
)
def test_what_would_take_too_much_memory_is_refused(
    mode: str, form: str, bytes_a_pixel: int
) -> None:
    data = file_of(Image.new(mode, (400, 300)), form)
    enough = 400 * 300 * bytes_a_pixel
    assert judge(data, PhotoLimits(most_decoded_bytes=enough)).reason is PhotoReason.NONE
    too_little = PhotoLimits(most_decoded_bytes=enough - 1)
    assert judge(data, too_little).reason is PhotoReason.TOO_MANY_PIXELS


def test_a_jpeg_is_read_at_a_smaller_size_unless_it_is_progressive() -> None:
    limits = PhotoLimits(most_plain_pixels=60_000, most_decoded_bytes=1, least_bytes_a_pixel=0)
    assert judge(file_of(picture(), "JPEG"), limits).reason is PhotoReason.NONE
    progressive = file_of(picture(), "JPEG", progressive=True)
    assert judge(progressive, limits).reason is PhotoReason.TOO_MANY_PIXELS


def test_an_animated_picture_counts_its_pictures() -> None:
    assert judge(pages("PNG", 3)).pages == 3


def test_what_a_phone_keeps_behind_its_photo_is_no_second_one() -> None:
    judged = judge(pages("MPO", 2))
    assert (judged.format, judged.pages, judged.verdict) == (FileFormat.JPEG, 1, Verdict.ACCEPT)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (file_of(picture(), "JPEG", exif=exif(orientation=6)), PhotoReason.NEEDS_TURNING),
        (file_of(picture(60, 40), "JPEG"), PhotoReason.NEEDS_ENLARGING),
        (file_of(picture(300, 225), "JPEG"), PhotoReason.NEEDS_ENLARGING),
        (file_of(picture(400, 80), "PNG"), PhotoReason.NEEDS_ENLARGING),
        (
            file_of(picture(), "TIFF", save_all=True, append_images=[picture(64, 64)]),
            PhotoReason.NEEDS_ENLARGING,
        ),
        (file_of(picture(3000, 200), "JPEG"), PhotoReason.NEEDS_CROPPING),
    ],
)
def test_what_would_need_mending_is_for_the_operator(data: bytes, reason: PhotoReason) -> None:
    judged = judge(data)
    assert (judged.verdict, judged.reason, judged.paragraph) == (Verdict.OPERATOR, reason, "6.7")


def test_an_orientation_that_is_none_counts_as_upright() -> None:
    judged = judge(file_of(picture(), "JPEG", exif=exif(orientation=99)))
    assert (judged.verdict, judged.orientation) == (Verdict.ACCEPT, 1)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "TIFF"])
def test_the_place_of_a_photo_is_noticed_and_not_published(form: str) -> None:
    # As bytes: Pillow otherwise omits the location from a TIFF.
    data = file_of(picture(), form, exif=exif(place=(43.0, 42.0)).tobytes())
    assert judge(data).has_location
    (copy,) = published_copies(data)
    assert dict(opened(copy.data).getexif()) == {}
    nowhere = file_of(picture(), form, exif=exif(place=(0.0, 0.0)).tobytes())
    assert not judge(nowhere).has_location


def two_pages(first: Image.Exif, second: Image.Exif) -> bytes:
    last = picture(500, 400)
    last.encoderinfo = {"exif": second.tobytes()}
    return file_of(picture(), "TIFF", save_all=True, append_images=[last], exif=first.tobytes())


def test_what_one_page_tells_holds_for_the_file() -> None:
    assert judge(two_pages(exif(place=(43.0, 42.0)), exif())).has_location
    turned = judge(two_pages(exif(), exif(orientation=6)))
    assert (turned.orientation, turned.reason) == (6, PhotoReason.NEEDS_TURNING)
    sizes = [opened(copy.data).size for copy in published_copies(two_pages(exif(), exif(6)))]
    assert sizes == [(640, 480), (400, 500)]


def test_the_place_may_stand_in_a_packet_of_xmp() -> None:
    packet = b"<x:xmpmeta><exif:GPSLatitude>43,54N</exif:GPSLatitude></x:xmpmeta>"
    assert judge(file_of(picture(), "JPEG", xmp=packet)).has_location
    assert not judge(file_of(picture(), "JPEG", xmp=b"<x:xmpmeta/>")).has_location


def test_nothing_but_pixels_is_published() -> None:
    data = file_of(
        picture(), "JPEG", exif=exif(place=(43.0, 42.0)), comment=b"a comment", quality=95
    )
    (copy,) = published_copies(data + b"PK\x03\x04 a tail")
    image = opened(copy.data)
    assert copy.suffix == ".jpg"
    assert image.size == (640, 480)
    assert dict(image.getexif()) == {}
    assert not {"exif", "comment", "xmp", "icc_profile"} & image.info.keys()
    for secret in (b"comment", b"Camera", b"tail", b"Exif"):
        assert secret not in copy.data
    shown = image.getpixel((20, 20))
    assert isinstance(shown, tuple)
    assert max(abs(seen - sent) for seen, sent in zip(shown, RED, strict=True)) < 20


def test_the_copy_stands_as_its_sender_sees_it() -> None:
    (copy,) = published_copies(file_of(picture(), "JPEG", exif=exif(orientation=6)))
    image = opened(copy.data)
    assert image.size == (480, 640)
    shown = image.getpixel((470, 10))
    assert isinstance(shown, tuple)
    assert shown[0] > shown[1] + 100


def test_every_page_has_a_copy() -> None:
    copies = published_copies(pages("TIFF", 3))
    assert [copy.suffix for copy in copies] == [".png"] * 3
    assert all(opened(copy.data).size == (640, 480) for copy in copies)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_colour_is_published(mode: str) -> None:
    image = Image.new("I;16", (300, 300), 40_000) if mode == "I;16" else picture(300, 300, mode)
    (copy,) = published_copies(file_of(image, "PNG"))
    assert opened(copy.data).size == (300, 300)
    assert opened(copy.data).mode in ("L", "LA", "RGB", "RGBA")


def test_what_a_palette_leaves_out_stays_left_out() -> None:
    image = picture(300, 300, "P")
    (copy,) = published_copies(file_of(image, "PNG", transparency=image.getpixel((5, 5))))
    shown = opened(copy.data).getpixel((5, 5))
    assert isinstance(shown, tuple)
    assert shown[3] == 0


def test_numbers_with_a_fraction_are_published() -> None:
    (copy,) = published_copies(file_of(Image.new("F", (300, 300), 90.0), "TIFF"))
    assert opened(copy.data).getpixel((5, 5)) == (90, 90, 90)


@pytest.mark.parametrize("mode", ["CMYK", "L", "RGB"])
def test_colours_of_a_profile_become_standard_ones(mode: str) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    (copy,) = published_copies(file_of(picture(300, 300, mode), "JPEG", icc_profile=profile))
    image = opened(copy.data)
    assert image.mode == ("L" if mode == "L" else "RGB")
    assert "icc_profile" not in image.info


def test_a_profile_that_is_none_is_passed_over() -> None:
    (copy,) = published_copies(file_of(picture(300, 300), "JPEG", icc_profile=b"no profile"))
    assert opened(copy.data).size == (300, 300)


def test_a_very_large_photo_is_published_smaller() -> None:
    (copy,) = published_copies(file_of(picture(5000, 1000), "JPEG", quality=50))
    assert max(opened(copy.data).size) <= 4096


def test_a_jpeg_of_many_pixels_is_published_at_half_its_size() -> None:
    (copy,) = published_copies(file_of(Image.new("L", (4100, 4000)), "JPEG"))
    assert opened(copy.data).size == (2050, 2000)


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_a_thumbnail_is_small_and_upright(form: str) -> None:
    data = file_of(picture(), form, exif=exif(orientation=6))
    image = opened(thumbnail(data, 120))
    assert (image.format, image.size) == ("PNG", (90, 120))


def test_a_copy_is_turned_to_the_right_as_the_operator_says() -> None:
    data = file_of(picture(), "PNG")
    sizes, corners = [], []
    for quarters in range(4):
        (copy,) = published_copies(data, quarters)
        image = opened(copy.data)
        sizes.append(image.size)
        corners.append(
            [
                image.getpixel((x, y)) == RED
                for x, y in ((9, 9), (image.width - 9, 9), (9, image.height - 9))
            ]
        )
    assert sizes == [(640, 480), (480, 640), (640, 480), (480, 640)]
    assert corners == [
        [True, False, False],
        [False, True, False],
        [False] * 3,
        [False, False, True],
    ]
    assert opened(thumbnail(data, 120, 1)).size == (90, 120)


def shown_at(pixels: Pixels, x: int, y: int) -> tuple[int, int, int]:
    place = (y * pixels.width + x) * 4
    blue, green, red, _opacity = pixels.data[place : place + 4]
    return red, green, blue


def test_what_is_shown_of_the_copy_is_the_copy() -> None:
    data = pages("TIFF", 2)
    (_first, copy) = published_copies(data, 1)
    shown, half = pixels_as_published(data, 1, 1)
    assert (half.width, half.height) == (240, 320)
    assert shown_at(half, 235, 4) == RED
    assert (shown.width, shown.height) == opened(copy.data).size == (480, 640)
    assert shown_at(shown, 470, 9) == opened(copy.data).getpixel((470, 9)) == RED
    assert len(shown.data) == 480 * 640 * 4


def test_what_is_left_out_of_a_picture_is_not_shown() -> None:
    image = picture(300, 300, "RGBA")
    image.putalpha(Image.new("L", image.size, 7))
    for mode in ("RGBA", "LA"):
        (shown,) = pixels_as_sent(file_of(image.convert(mode), "PNG"))
        assert shown.has_opacity
        assert shown.data[3::4] == bytes([7]) * 300 * 300
    (opaque,) = pixels_as_sent(file_of(image.convert("RGB"), "PNG"))
    assert not opaque.has_opacity


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("form", ["PNG", "TIFF"])
def test_what_was_sent_is_shown_as_it_lies_in_the_file(form: str, orientation: int) -> None:
    shown, _half = pixels_as_sent(file_of(picture(), form, exif=exif(orientation).tobytes()))
    assert (shown.width, shown.height) == (640, 480)
    corners = [shown_at(shown, *at) == RED for at in ((9, 9), (630, 9), (9, 470))]
    assert corners == [True, False, False]


def test_what_was_sent_is_shown_page_by_page_and_no_larger_than_its_copy() -> None:
    shown, _half = pixels_as_sent(two_pages(exif(), exif(orientation=6)), 1)
    assert (shown.width, shown.height) == (500, 400)
    large, *_smaller = pixels_as_sent(file_of(Image.new("L", (4100, 4000)), "JPEG"))
    assert (large.width, large.height) == (2050, 2000)


@pytest.mark.parametrize(
    "make",
    [published_copies, pixels_as_sent, pixels_as_published, lambda data: thumbnail(data, 100)],
)
def test_a_damaged_photo_has_no_copy(make: object) -> None:
    assert callable(make)
    with pytest.raises(PhotoDamaged):
        make(file_of(picture(), "JPEG")[:9000])
