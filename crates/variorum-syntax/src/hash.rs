//! The two hashes of the network: of a string, and of a string's hash into rows of a table.

/// Returns the 64-bit MurmurHash2 (variant A, seed 1) of a string.
///
/// Method: A. Appleby, MurmurHash2, 2008. The weights are stored under these very numbers, so it cannot be exchanged.
pub fn string(text: &str) -> u64 {
    const MIX: u64 = 0xc6a4_a793_5bd1_e995;
    let bytes = text.as_bytes();
    let mut hash = 1 ^ (bytes.len() as u64).wrapping_mul(MIX);
    let (blocks, tail) = bytes.as_chunks::<8>();
    for block in blocks {
        let mut word = u64::from_le_bytes(*block).wrapping_mul(MIX);
        word = (word ^ (word >> 47)).wrapping_mul(MIX);
        hash = (hash ^ word).wrapping_mul(MIX);
    }
    if !tail.is_empty() {
        for (at, byte) in tail.iter().enumerate() {
            hash ^= u64::from(*byte) << (8 * at);
        }
        hash = hash.wrapping_mul(MIX);
    }
    hash = (hash ^ (hash >> 47)).wrapping_mul(MIX);
    hash ^ (hash >> 47)
}

/// Returns the four places of a value in a table: MurmurHash3 (x86, 128 bits) of its eight bytes.
pub fn places(value: u64, seed: u32) -> [u32; 4] {
    let seed = u64::from(seed);
    let mut first = value.wrapping_mul(0x87c3_7b91_1142_53d5).rotate_left(31).wrapping_mul(0x4cf5_ad43_2745_937f);
    first ^= seed ^ 8;
    let mut second = seed ^ 8;
    first = first.wrapping_add(second);
    second = second.wrapping_add(first);
    first = finish(first);
    second = finish(second);
    first = first.wrapping_add(second);
    second = second.wrapping_add(first);
    [first as u32, (first >> 32) as u32, second as u32, (second >> 32) as u32]
}

fn finish(mut hash: u64) -> u64 {
    hash = (hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash = (hash ^ (hash >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    hash ^ (hash >> 33)
}

#[cfg(test)]
mod tests {
    use super::{places, string};

    #[test]
    fn hashes_are_those_of_the_reference() {
        assert_eq!(string("harbour"), 11_380_851_811_772_850_737);
        assert_eq!(string("a"), 11_901_859_001_352_538_922);
        assert_eq!(string("Delmare Courier"), 13_614_319_267_670_760_873);
        assert_eq!(places(12_345_678_901_234_567_890, 8), [825_681_028, 3_746_740_173, 3_386_005_190, 3_472_626_611]);
        assert_eq!(places(1, 8), [1_161_550_108, 2_247_783_286, 1_742_325_162, 1_224_191_281]);
    }
}
