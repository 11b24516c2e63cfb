/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bpf_arrays: arrays of pointers to more memory: argv and envp, struct iovec, struct msghdr, struct
 * mmsghdr. The array itself is one piece of the argument, what it points to are nested pieces with
 * their own addresses. The functions are global, so that each is verified once; `way` is the
 * argument's number and WAY_EXIT.
 */
#ifndef SYSTAPE_BPF_ARRAYS_H
#define SYSTAPE_BPF_ARRAYS_H

struct array_walk {
	uint64_t address, rest;
	uint32_t count, limit, way; /* count: or how many of each are followed */
	uint32_t cut;		    /* it goes on where nothing can be read */
};

static __always_inline uint32_t word_size(uint32_t arch)
{
	return arch == TRACE_I386 || arch == TRACE_X32 ? 4 : 8;
}

static __always_inline uint32_t ring_arch(void)
{
	struct bpf_ring *r = this_ring();

	return r ? r->walk.arch : TRACE_X86_64;
}

/* Something of this operation could not be read: worth another try at the call's end. */
static __always_inline void left_over(void)
{
	struct bpf_ring *r = this_ring();

	if (r)
		r->walk.left = 1;
}

static long count_pointer(uint32_t i, struct array_walk *a)
{
	uint32_t width = word_size(ring_arch());
	uint64_t pointer = 0;

	if (bpf_probe_read_user(&pointer, width & 15, (void *)(a->address + (uint64_t)i * width))) {
		a->cut = 1;
		return 1;
	}
	if (!pointer)
		return 1;
	a->count = i + 1;
	return 0;
}

static long append_string(uint32_t i, struct array_walk *a)
{
	uint32_t arch = ring_arch();
	uint64_t address = read_word(arch, a->address + (uint64_t)i * word_size(arch), 0);

	if (!address)
		return 1;
	append(address, 0, a->limit, a->way | WAY_NESTED | WAY_STRING);
	return 0;
}

__attribute__((noinline)) int append_strings(uint64_t address, uint32_t limit, uint32_t most,
					     uint32_t way)
{
	struct array_walk a = { .address = address, .limit = limit, .way = way };
	uint32_t width = word_size(ring_arch());

	/* The pointers, with the NULL if it is there: how many there are is asked of envp beyond
	 * those followed. */
	bpf_loop(PLAN_PIECE_MAX / 8, count_pointer, &a, 0);
	append(address, ((uint64_t)a.count + !a.cut) * width, (most + 1) * width,
	       a.cut ? way | WAY_CUT : way);
	if (a.cut)
		left_over();
	bpf_loop(most > a.count ? a.count : most, append_string, &a, 0);
	return 0;
}

static long append_vector(uint32_t i, struct array_walk *a)
{
	uint32_t arch = ring_arch();
	uint64_t element = a->address + (uint64_t)i * 2 * word_size(arch);
	uint64_t address = read_word(arch, element, 0), total = read_word(arch, element, 8);

	if (total > a->rest)
		total = a->rest;
	a->rest -= total;
	if (address && total)
		append(address, total, a->limit, a->way | WAY_NESTED);
	return a->rest ? 0 : 1;
}

__attribute__((noinline)) int append_vectors(uint64_t address, uint32_t count, uint64_t rest,
					     uint32_t limit, uint32_t way)
{
	struct array_walk a = { .address = address, .limit = limit, .way = way, .rest = rest };

	bpf_loop(count > PLAN_ELEMENTS ? PLAN_ELEMENTS : count, append_vector, &a, 0);
	return 0;
}

/* What readv and recvmsg have filled is as long as the result says. */
static __always_inline uint64_t bytes_moved(uint32_t way)
{
	struct bpf_ring *r = this_ring();

	if (!(way & WAY_EXIT) || !r)
		return ~0ull;
	return r->walk.result > 0 ? r->walk.result : 0;
}

__attribute__((noinline)) int append_iovec(uint64_t address, uint64_t count, uint32_t limit,
					   uint32_t most, uint32_t way)
{
	uint32_t width = word_size(ring_arch());

	if (count > 1024)
		count = 1024;
	append(address, count * 2 * width, most * 2 * width, way);
	append_vectors(address, count > most ? most : count, bytes_moved(way), limit, way);
	return 0;
}

static __always_inline void append_nested(uint64_t address, uint64_t total, uint32_t limit,
					  uint32_t way)
{
	if (address && total)
		append(address, total, limit, way | WAY_NESTED);
}

/* struct msghdr: name, namelen, iov, iovlen, control, controllen, flags; each a word wide but for
 * padding. */
static __always_inline void append_message(uint64_t message, uint64_t rest, uint32_t limit,
					   uint32_t most, uint32_t way)
{
	uint32_t arch = ring_arch();
	uint64_t vectors = read_word(arch, message, 16), count = read_word(arch, message, 24);

	uint64_t name = read_word(arch, message, 0);
	uint16_t family = 0;

	if (name && !bpf_probe_read_user(&family, sizeof(family), (void *)name) &&
	    family == FAMILY_NETLINK)
		limit = PLAN_NETLINK_MOST;
	append_nested(name, (uint32_t)read_word(arch, message, 8), 128, way);
	append_nested(vectors, count * 2 * word_size(arch), most * 2 * word_size(arch), way);
	append_nested(read_word(arch, message, 32), read_word(arch, message, 40), 4096, way);
	append_vectors(vectors, count > most ? most : count, rest, limit, way);
}

__attribute__((noinline)) int append_msghdr(uint64_t address, uint32_t limit, uint32_t most,
					    uint32_t way)
{
	append(address, 7 * word_size(ring_arch()), 64, way);
	if (!(way & WAY_HEADER))
		append_message(address, bytes_moved(way), limit, most, way);
	return 0;
}

static long append_one_message(uint32_t i, struct array_walk *a)
{
	uint32_t arch = ring_arch();
	uint64_t message = a->address + (uint64_t)i * 8 * word_size(arch), rest = ~0ull;

	if (a->way & WAY_EXIT) /* msg_len, behind the header */
		rest = (uint32_t)read_word(arch, message, 56);
	append_message(message, rest, a->limit, a->count, a->way);
	return 0;
}

__attribute__((noinline)) int append_mmsghdr(uint64_t address, uint64_t count, uint32_t limit,
					     uint32_t most, uint32_t way)
{
	struct array_walk a = { .address = address, .limit = limit, .count = most, .way = way };
	uint32_t width = word_size(ring_arch());

	if (count > bytes_moved(way)) /* at the end the result is how many messages there were */
		count = bytes_moved(way);
	if (count > 1024)
		count = 1024;
	append(address, count * 8 * width, most * 8 * width, way);
	if (!(way & WAY_HEADER))
		bpf_loop(count > most ? most : count, append_one_message, &a, 0);
	return 0;
}

/* linux/aio_abi.h: what is written goes along, and the vectors of what is read. */
static long append_iocb(uint32_t i, struct array_walk *a)
{
	uint64_t block = 0, buffer = 0, bytes = 0;
	uint32_t arch = ring_arch();
	uint16_t opcode = 0;

	if (bpf_probe_read_user(&block, word_size(arch) & 15,
				(void *)(a->address + (uint64_t)i * word_size(arch))) ||
	    !block)
		return 0;
	append(block, 64, 64, a->way | WAY_NESTED);
	bpf_probe_read_user(&opcode, sizeof(opcode), (void *)(block + 16));
	bpf_probe_read_user(&buffer, sizeof(buffer), (void *)(block + 24));
	bpf_probe_read_user(&bytes, sizeof(bytes), (void *)(block + 32));
	if (opcode == 1) { /* IOCB_CMD_PWRITE */
		append_nested(buffer, bytes, a->limit, a->way);
		return 0;
	}
	if (opcode != 7 && opcode != 8) /* IOCB_CMD_PREADV, IOCB_CMD_PWRITEV */
		return 0;
	if (bytes > a->count)
		bytes = a->count;
	append(buffer, bytes * 2 * word_size(arch), PLAN_ELEMENTS * 16, a->way | WAY_NESTED);
	if (opcode == 8)
		append_vectors(buffer, bytes, ~0ull, a->limit, a->way);
	return 0;
}

__attribute__((noinline)) int append_iocbs(uint64_t address, uint64_t count, uint32_t limit,
					   uint32_t most, uint32_t way)
{
	struct array_walk a = { .address = address, .limit = limit, .count = most, .way = way };

	if (count > PLAN_ELEMENTS)
		count = PLAN_ELEMENTS;
	append(address, count * word_size(ring_arch()), most * word_size(ring_arch()), way);
	bpf_loop(count > most ? most : count, append_iocb, &a, 0);
	return 0;
}

#endif
