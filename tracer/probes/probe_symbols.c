// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/probes/probe_symbols.h"

#include "tracer/probes/probe_spec.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void probe_places_free(struct probe_places *p)
{
	for (size_t i = 0; i < p->count; i++)
		free(p->at[i].name);
	free(p->at);
	*p = (struct probe_places){ NULL, 0 };
}

#if HAVE_ELF
#include <gelf.h>
#include <libelf.h>

static struct probe_place *add(struct probe_places *p, const char *name, uint64_t offset)
{
	struct probe_place *more = reallocarray(p->at, p->count + 1, sizeof(*more));

	if (!more)
		return NULL;
	p->at = more;
	more += p->count;
	*more = (struct probe_place){ .name = strdup(name), .offset = offset };
	if (!more->name)
		return NULL;
	p->count++;
	return more;
}

static bool has_offset(const struct probe_places *p, uint64_t offset)
{
	for (size_t i = 0; i < p->count; i++)
		if (p->at[i].offset == offset)
			return true;
	return false;
}

/* An address of the program as an offset into its file, by the segment that it is loaded with; 0 if
 * there is none. */
static uint64_t file_offset(Elf *elf, uint64_t address)
{
	size_t count;
	GElf_Phdr segment;

	if (elf_getphdrnum(elf, &count))
		return 0;
	for (size_t i = 0; i < count; i++)
		if (gelf_getphdr(elf, i, &segment) && segment.p_type == PT_LOAD &&
		    address >= segment.p_vaddr && address < segment.p_vaddr + segment.p_filesz)
			return address - segment.p_vaddr + segment.p_offset;
	return 0;
}

static void close_elf(Elf *elf, int fd)
{
	elf_end(elf);
	close(fd);
}

static Elf *open_elf(const char *file, int *fd, struct tape_error *why)
{
	Elf *elf = NULL;

	*fd = open(file, O_RDONLY | O_CLOEXEC);
	if (*fd < 0) {
		snprintf(why->text, sizeof(why->text), "cannot open %.150s: %s", file,
			 strerror(errno));
		return NULL;
	}
	elf_version(EV_CURRENT);
	elf = elf_begin(*fd, ELF_C_READ, NULL);
	if (elf && elf_kind(elf) == ELF_K_ELF)
		return elf;
	snprintf(why->text, sizeof(why->text),
		 "cannot probe %.150s: it is no ELF program or library", file);
	close_elf(elf, *fd);
	return NULL;
}

/* How a search has ended: 0, or -ENOENT with the sentence if it has found nothing, or -ENOMEM. */
static int __attribute__((format(printf, 4, 5)))
found(const struct probe_places *p, int error, struct tape_error *why, const char *none, ...)
{
	va_list args;

	if (error)
		snprintf(why->text, sizeof(why->text), "out of memory");
	if (error || p->count)
		return error;
	va_start(args, none);
	vsnprintf(why->text, sizeof(why->text), none, args);
	va_end(args);
	return -ENOENT;
}

static int add_symbols(struct probe_places *p, Elf *elf, Elf_Scn *section, const char *pattern)
{
	Elf_Data *data = elf_getdata(section, NULL);
	GElf_Shdr header;
	GElf_Sym symbol;

	if (!data || !gelf_getshdr(section, &header) || !header.sh_entsize)
		return 0;
	for (size_t i = 0; i < header.sh_size / header.sh_entsize; i++) {
		const char *name;
		uint64_t offset;
		int type;

		if (!gelf_getsym(data, i, &symbol) || !symbol.st_value ||
		    symbol.st_shndx == SHN_UNDEF)
			continue;
		type = GELF_ST_TYPE(symbol.st_info);
		name = elf_strptr(elf, header.sh_link, symbol.st_name);
		if (!name || (type != STT_FUNC && type != STT_NOTYPE) ||
		    !probe_spec_matches(pattern, name))
			continue;
		offset = file_offset(elf, symbol.st_value);
		if (offset && !has_offset(p, offset) && !add(p, name, offset))
			return -ENOMEM;
	}
	return 0;
}

int probe_places_functions(struct probe_places *p, const char *file, const char *pattern,
			   struct tape_error *why)
{
	Elf_Scn *section = NULL;
	GElf_Shdr header;
	int fd, error = 0;
	Elf *elf = open_elf(file, &fd, why);

	if (!elf)
		return -ENOENT;
	while (!error && (section = elf_nextscn(elf, section)))
		if (gelf_getshdr(section, &header) &&
		    (header.sh_type == SHT_SYMTAB || header.sh_type == SHT_DYNSYM))
			error = add_symbols(p, elf, section, pattern);
	close_elf(elf, fd);
	return found(p, error, why, "cannot probe %.60s in %.80s: it has no such function", pattern,
		     file);
}

/* A symbol of the program, unless it stands for several places, as names of static variables may.
 */
static bool symbol_address(void *elf, const char *name, uint64_t *address)
{
	Elf_Scn *section = NULL;
	GElf_Shdr header;
	GElf_Sym symbol;

	*address = 0;
	while ((section = elf_nextscn(elf, section))) {
		Elf_Data *data = gelf_getshdr(section, &header) && header.sh_entsize &&
						 (header.sh_type == SHT_SYMTAB ||
						  header.sh_type == SHT_DYNSYM)
					 ? elf_getdata(section, NULL)
					 : NULL;

		for (size_t i = 0; data && i < header.sh_size / header.sh_entsize; i++) {
			const char *other =
				gelf_getsym(data, i, &symbol) && symbol.st_shndx != SHN_UNDEF &&
						GELF_ST_TYPE(symbol.st_info) != STT_TLS
					? elf_strptr(elf, header.sh_link, symbol.st_name)
					: NULL;

			if (!other || strcmp(other, name) != 0)
				continue;
			if (*address && *address != symbol.st_value)
				return false;
			*address = symbol.st_value;
		}
	}
	return *address;
}

/* "-4@%edi 8@16(%rsp)" */
static void take_args(struct probe_place *place, Elf *elf, uint64_t address, const char *text)
{
	GElf_Ehdr header;
	struct usdt_program program = {
		.base = address - place->offset,
		.fixed = gelf_getehdr(elf, &header) && header.e_type == ET_EXEC,
		.symbol = symbol_address,
		.context = elf,
	};

	while (*text && place->args < PROBE_USDT_ARGS) {
		size_t length = strcspn(text, " ");

		usdt_operand_read(&place->arg[place->args++], text, length, &program);
		text += length;
		text += strspn(text, " ");
	}
}

struct usdt_wish {
	const char *provider, *pattern;
	uint64_t base; /* address of .stapsdt.base */
};

/* The description of a note: three addresses (place, base, semaphore), then provider, name,
 * arguments. */
static int add_note(struct probe_places *p, Elf *elf, const char *desc, size_t size,
		    const struct usdt_wish *wish)
{
	uint64_t address[3];
	const char *provider, *name, *args, *end = desc + size;
	struct probe_place *place;

	if (size < sizeof(address) + 3 || end[-1])
		return 0;
	memcpy(address, desc, sizeof(address));
	provider = desc + sizeof(address);
	name = provider + strlen(provider) + 1;
	args = name < end ? name + strlen(name) + 1 : end;
	if (args >= end || (*wish->provider && !probe_spec_matches(wish->provider, provider)) ||
	    !probe_spec_matches(wish->pattern, name))
		return 0;
	if (wish->base) { /* prelinked since */
		address[0] += wish->base - address[1];
		address[2] += address[2] ? wish->base - address[1] : 0;
	}
	place = add(p, name, file_offset(elf, address[0]));
	if (!place)
		return -ENOMEM;
	place->counter = address[2] ? file_offset(elf, address[2]) : 0;
	take_args(place, elf, address[0], args);
	return 0;
}

static int add_notes(struct probe_places *p, Elf *elf, Elf_Scn *section,
		     const struct usdt_wish *wish)
{
	Elf_Data *data = elf_getdata(section, NULL);
	size_t at = 0, name, desc;
	GElf_Nhdr note;
	int error = 0;

	while (data && !error && (at = gelf_getnote(data, at, &note, &name, &desc))) {
		const char *bytes = data->d_buf;

		if (note.n_type == 3 && note.n_namesz == sizeof("stapsdt") &&
		    !strcmp(bytes + name, "stapsdt"))
			error = add_note(p, elf, bytes + desc, note.n_descsz, wish);
	}
	return error;
}

int probe_places_usdt(struct probe_places *p, const char *file, const char *provider,
		      const char *pattern, struct tape_error *why)
{
	struct usdt_wish wish = { provider, pattern, 0 };
	Elf_Scn *section = NULL;
	GElf_Shdr header;
	int fd, error = 0;
	size_t names;
	Elf *elf = open_elf(file, &fd, why);

	if (!elf)
		return -ENOENT;
	elf_getshdrstrndx(elf, &names);
	while ((section = elf_nextscn(elf, section))) {
		const char *name = gelf_getshdr(section, &header)
					   ? elf_strptr(elf, names, header.sh_name)
					   : NULL;

		if (name && !strcmp(name, ".stapsdt.base"))
			wish.base = header.sh_addr;
	}
	while (!error && (section = elf_nextscn(elf, section)))
		if (gelf_getshdr(section, &header) && header.sh_type == SHT_NOTE)
			error = add_notes(p, elf, section, &wish);
	close_elf(elf, fd);
	return found(p, error, why,
		     "cannot probe %.40s:%.40s in %.50s: it has no such note; readelf -n shows "
		     "them",
		     provider, pattern, file);
}
#else
int probe_places_functions(struct probe_places *p, const char *file, const char *pattern,
			   struct tape_error *why)
{
	(void)p;
	snprintf(why->text, sizeof(why->text),
		 "cannot look up %.80s in %.80s: this build has no libelf; give an offset", pattern,
		 file);
	return -ENOTSUP;
}

int probe_places_usdt(struct probe_places *p, const char *file, const char *provider,
		      const char *pattern, struct tape_error *why)
{
	(void)provider;
	return probe_places_functions(p, file, pattern, why);
}
#endif
